package org.leaklab.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come about, with the one deadline that all tests share. */
public final class Eventually {

    /** How long a test waits for anything; scaled by the system property {@code leaklab.patience}, in seconds. */
    public static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));

    private static final long LOOK_NANOS = 100_000;

    private Eventually() {}

    /** Waits until the condition holds; fails when patience runs out. Heeds no interrupt, and leaves the flag set. */
    public static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come about within " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            interrupted |= Thread.interrupted(); // else nothing parks any more, and a virtual thread keeps its carrier
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
