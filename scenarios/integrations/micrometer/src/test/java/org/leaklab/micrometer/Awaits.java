package org.leaklab.micrometer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, with one deadline. */
final class Awaits {

    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("leaklab.patience", 10));
    private static final long LOOK_NANOS = 1_000_000;

    private Awaits() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it has not happened within " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits until each of the threads waits without limit. */
    static void untilWaiting(Iterable<Thread> threads) {
        threads.forEach(thread -> until(() -> thread.getState() == Thread.State.WAITING));
    }
}
