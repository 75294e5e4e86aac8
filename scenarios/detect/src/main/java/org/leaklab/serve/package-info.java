/**
 * Profiles of threads over HTTP, for browsers and for {@code go tool pprof}.
 *
 * <p>Start with {@link org.leaklab.serve.ProfileServer}, the only public type. It listens, refuses bad requests, and
 * limits how many requests it works on at a time. {@code Pages} makes the answer for each path. The binary format of
 * pprof needs protobuf. {@link org.leaklab.detect.Pprof} says how to add it, on the class path and on the module path.
 */
@NullMarked
package org.leaklab.serve;

import org.jspecify.annotations.NullMarked;
