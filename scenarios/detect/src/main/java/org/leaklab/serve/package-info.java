/**
 * Profiles of threads over HTTP, where {@code go tool pprof} and browsers look for them.
 *
 * <p>Begin with {@link org.leaklab.serve.ProfileServer}: it listens, refuses, and limits how much is done at a time.
 * {@code Pages} says what each path answers. The binary format of pprof needs protobuf;
 * {@link org.leaklab.detect.Pprof} says how to add it, on the class path and as a module.
 */
@NullMarked
package org.leaklab.serve;

import org.jspecify.annotations.NullMarked;
