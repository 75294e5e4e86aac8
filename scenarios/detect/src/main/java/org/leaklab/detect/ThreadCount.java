package org.leaklab.detect;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.leaklab.core.text.Printable;

/**
 * The number of live threads of each kind. Counting is the cheapest detector. It shows that there are more threads than
 * before, but not whether they are stuck or busy.
 *
 * @param platform number of platform threads
 * @param virtual number of virtual threads
 * @param scope says which threads were counted
 */
public record ThreadCount(int platform, int virtual, String scope) {

    /** Counts the threads of a source that live now. It misses those that a {@linkplain ProbeWatch probe} hides. */
    public static ThreadCount of(ThreadSource source) {
        int virtual = 0;
        int all = 0;
        for (ThreadSource.Watched watched : source.threads()) {
            all++;
            virtual += watched.thread().isVirtual() ? 1 : 0;
        }
        return new ThreadCount(all - virtual, virtual, source.scope());
    }

    /** Returns the number of threads of both kinds. */
    public int all() {
        return platform + virtual;
    }

    /**
     * The result of a block of code, and how many more threads live after it than before it.
     *
     * @param result what the block returned; null if it returned null
     * @param more the count after the block minus the count before it; negative if fewer threads live
     */
    public record Difference<T>(T result, ThreadCount more) {}

    /**
     * Counts threads before and after a block of code, which the current thread runs. The difference includes threads
     * that other threads start or end meanwhile. If a probe is under way, which hides threads, this method waits for
     * its end before it counts.
     *
     * @throws IllegalStateException if probes hide threads for 10 seconds
     * @throws Exception if the block throws it
     */
    public static <T> Difference<T> during(ThreadSource source, Callable<T> block) throws Exception {
        ThreadCount before = ProbeWatch.whole(() -> of(source));
        T result = block.call();
        ThreadCount after = ProbeWatch.whole(() -> of(source));
        return new Difference<>(
                result,
                new ThreadCount(after.platform - before.platform, after.virtual - before.virtual, source.scope()));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d threads: %d platform, %d virtual (%s)", all(), platform, virtual, Printable.of(scope));
    }
}
