package org.leaklab.stress;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.leaklab.core.Semaphore;

/** What can be done to a semaphore whose holders take one permit or two. */
@Param(name = "permits", gen = IntGen.class, conf = "1:2")
public class SemaphoreOperations {

    private static final int LIMIT = 3;

    private final Semaphore semaphore = new Semaphore(LIMIT);

    @Operation
    public int tryAcquire(@Param(name = "permits") int permits) {
        return Attempt.ok(() -> semaphore.tryAcquire(permits));
    }

    @Operation
    public int acquire(@Param(name = "permits") int permits) {
        return Attempt.ok(() -> semaphore.tryAcquire(permits, Duration.ZERO));
    }

    @Operation
    public int release(@Param(name = "permits") int permits) {
        try {
            semaphore.release(permits);
            return Attempt.YES;
        } catch (IllegalStateException e) {
            return Attempt.REFUSED;
        }
    }

    @Operation
    public long available() {
        return semaphore.available();
    }

    /** The same, for one thread. */
    public static class Specification {
        private long available = LIMIT;

        public int tryAcquire(int permits) {
            if (available < permits) {
                return Attempt.NO;
            }
            available -= permits;
            return Attempt.YES;
        }

        public int acquire(int permits) {
            return tryAcquire(permits);
        }

        public int release(int permits) {
            if (available + permits > LIMIT) {
                return Attempt.REFUSED;
            }
            available += permits;
            return Attempt.YES;
        }

        public long available() {
            return available;
        }
    }
}
