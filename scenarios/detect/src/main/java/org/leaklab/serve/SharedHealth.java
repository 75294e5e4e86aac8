package org.leaklab.serve;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Health;
import org.leaklab.detect.ThreadSource;

/**
 * Looks for deadlocks for all who ask: one look at a time, whose result is good for a while. So checks of health,
 * however many come, cost one look in this time. Safe for use by several threads.
 */
public final class SharedHealth {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Supplier<Health> look;
    private final Duration goodFor;
    private final ReentrantLock one = new ReentrantLock();

    // guarded by one
    private @Nullable Health last;
    private long at;

    SharedHealth(Supplier<Health> look, Duration goodFor) {
        this.look = look;
        this.goodFor = goodFor;
    }

    /** Returns one that looks at the threads of a source, as {@link Health#of} does. A look is good for a second. */
    public static SharedHealth of(ThreadSource source) {
        return new SharedHealth(() -> Health.of(source), GOOD_FOR);
    }

    /**
     * Returns the last result, or looks. Waits while another thread looks.
     *
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public Health get() throws InterruptedException {
        one.lockInterruptibly();
        try {
            if (last == null || System.nanoTime() - at > goodFor.toNanos()) {
                last = look.get();
                at = System.nanoTime();
            }
            return last;
        } finally {
            one.unlock();
        }
    }
}
