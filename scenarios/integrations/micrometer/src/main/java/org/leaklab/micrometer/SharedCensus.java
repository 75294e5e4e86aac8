package org.leaklab.micrometer;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.JvmThreads;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.SharedHealth;

/**
 * Counts the threads of this JVM for all who ask. A count is good for a second. It never collects garbage.
 *
 * <p>Invariant: one thread counts at a time, and holds the lock. Threads that ask meanwhile wait, and get its result.
 * Only code of leaklab runs under the lock. Safe for use by several threads.
 */
public final class SharedCensus {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    /** One count. */
    @FunctionalInterface
    interface Count {
        Census count() throws InterruptedException;
    }

    private final Count count;
    private final Duration goodFor;
    private final ReentrantLock one = new ReentrantLock();

    // guarded by one
    private @Nullable Census last;
    private long at;

    SharedCensus(Count count, Duration goodFor) {
        this.count = count;
        this.goodFor = goodFor;
    }

    /**
     * Creates one for the threads of this JVM. Virtual threads that no {@link org.leaklab.core.Launcher} started are
     * seen if the JVM runs with {@link JvmThreads#OPEN}, or from {@link JvmThreads#openByAgent} on; without it all
     * numbers of virtual threads are empty.
     *
     * @param health looks for deadlocks in {@link ThreadSource#jvm()}; share it with the page that shows the health
     */
    public static SharedCensus of(SharedHealth health) {
        ThreadSource source = ThreadSource.jvm();
        return new SharedCensus(() -> Census.of(source, JvmThreads.seesVirtual(), health.get()), GOOD_FOR);
    }

    /**
     * Returns the last count, or counts. Waits while another thread counts.
     *
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public Census get() throws InterruptedException {
        one.lockInterruptibly();
        try {
            if (last == null || System.nanoTime() - at > goodFor.toNanos()) {
                last = count.count();
                at = System.nanoTime();
            }
            return last;
        } finally {
            one.unlock();
        }
    }
}
