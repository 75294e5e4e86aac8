/**
 * Finds leaked virtual threads of another JVM without a heap dump: it loads a probe into that JVM, which lets go of the
 * parked threads for a collection, one to three times, and sees which of them nobody reaches. It works on JDK 21 and
 * later, with G1, Parallel and Serial.
 *
 * <p>Start with {@link org.leaklab.live.LiveProbe#attach}. {@link org.leaklab.live.LiveReport#findings} says the result
 * in the words of a heap dump.
 */
@NullMarked
package org.leaklab.live;

import org.jspecify.annotations.NullMarked;
