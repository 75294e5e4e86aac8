package org.leaklab.core.live;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.core.wait.Nanos;

/**
 * Where threads wait for a launcher's threads to end.
 *
 * <p>Memory: who waits is listed before it counts, and who ends is off the count before it looks at the list. The locks
 * of {@link LiveThreads} order the two: whoever comes second to them sees what the other did before. A look every 10 ms
 * is for threads that a detector has {@linkplain StandIn let go of} and that end without a word.
 */
final class Ends {

    private static final long LOOK_NANOS = 10_000_000;

    private final Object launcher;
    private final LiveThreads live;
    private final CopyOnWrite<Thread> waiting = new CopyOnWrite<>(new Thread[0]);

    /**
     * For the threads of a launcher.
     *
     * @param launcher what stack dumps name as that which is waited for
     */
    Ends(Object launcher, LiveThreads live) {
        this.launcher = launcher;
        this.live = live;
    }

    /** Wakes who waits; called after a thread was taken from the live ones. */
    void tell() {
        for (Thread thread : waiting.now()) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until at most {@code count} threads are left; returns whether that came about in time. */
    boolean await(int count, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Nanos.of(timeout);
        Thread current = Thread.currentThread();
        waiting.add(current);
        try {
            while (live.count() > count) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(launcher, Math.min(left, LOOK_NANOS));
            }
            return true;
        } finally {
            waiting.remove(current);
        }
    }
}
