/** Profiles of threads over HTTP, where {@code go tool pprof} and browsers look for them. */
@NullMarked
package org.leaklab.serve;

import org.jspecify.annotations.NullMarked;
