package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a turn in a mutex cost that four threads want? The one that is in yields the processor once, so that others
 * come to wait, as they do when something is done inside.
 *
 * <p>An unfair lock lets who leaves come in again before those that wait: that is fewer turns of the processor, not a
 * faster hand-off. Read a fair one, which leaklab's is, against a fair one.
 *
 * <p>The yield is in the time of every turn. {@code yield-only} is a thread that does nothing else, and takes all
 * turns. No other thread waits for a turn there, and such a yield is cheaper. So {@code yield-only} is the least that
 * the yield of a turn costs. What a turn takes beyond that is the mutex and the rest of its yield.
 */
public class MutexHandOff extends CoreBenchmark {

    @Param({"leaklab", "reentrant-lock", "reentrant-lock-fair", CoreScore.BASELINE})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return implementation.equals(CoreScore.BASELINE) ? Turns.alone() : Turns.inside(Exclusion.of(implementation));
    }

    /** Goes in 10,000 times, 2,500 each thread; per turn. */
    @Benchmark
    @OperationsPerInvocation(Turns.TURNS)
    public long turn() throws InterruptedException {
        return round(Turns.TURNS);
    }
}
