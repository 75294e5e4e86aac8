/** What stuck threads do to the scheduling of other threads. */
@NullMarked
package org.leaklab.bench.scheduling;

import org.jspecify.annotations.NullMarked;
