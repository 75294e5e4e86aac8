/**
 * Who waits for whom, as far as a thread dump without a heap shows it: {@link org.leaklab.heapdump.locks.SeenThreads}
 * from a thread print or from a JSON dump, and {@link org.leaklab.heapdump.locks.Standstill}, which finds those that
 * can never go on.
 */
@NullMarked
package org.leaklab.heapdump.locks;

import org.jspecify.annotations.NullMarked;
