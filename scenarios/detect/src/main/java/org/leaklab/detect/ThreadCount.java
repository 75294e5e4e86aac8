package org.leaklab.detect;

import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * How many threads live, by kind: the cheapest detector there is. It cannot tell a stuck thread from a busy one, only
 * more threads from fewer.
 *
 * @param platform platform threads
 * @param virtual virtual threads
 * @param scope which threads were counted, in words
 */
public record ThreadCount(int platform, int virtual, String scope) {

    /** Counts now. */
    public static ThreadCount of(ThreadSource source) {
        int virtual = 0;
        int all = 0;
        for (ThreadSource.Watched watched : source.threads()) {
            all++;
            virtual += watched.thread().isVirtual() ? 1 : 0;
        }
        return new ThreadCount(all - virtual, virtual, source.scope());
    }

    /** Both kinds. */
    public int all() {
        return platform + virtual;
    }

    /**
     * What a block of code returned, and how many more threads live after it than before.
     *
     * @param more by kind; negative where threads have ended meanwhile
     */
    public record Difference<T>(T result, ThreadCount more) {}

    /**
     * Counts before and after a block of code. Threads that others start or end meanwhile are in the difference too.
     *
     * @throws Exception what the block throws
     */
    public static <T> Difference<T> during(ThreadSource source, Callable<T> block) throws Exception {
        ThreadCount before = of(source);
        T result = block.call();
        ThreadCount after = of(source);
        return new Difference<>(
                result,
                new ThreadCount(after.platform - before.platform, after.virtual - before.virtual, source.scope()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d threads: %d platform, %d virtual (%s)", all(), platform, virtual, scope);
    }
}
