package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a value cost that goes to one of four workers and on to a consumer, hand to hand?
 *
 * <p>{@code leaklab} is the pattern, {@code leaklab-channels} and the peers are built by hand. See {@link Stages}.
 */
public class FanOutOfFour extends CoreBenchmark {

    @Param({"leaklab", "leaklab-channels", "jox", "synchronous-queue", "array-blocking-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Stages.fannedOut(implementation, kind());
    }

    /** Sends 10,000 values through; per value. */
    @Benchmark
    @OperationsPerInvocation(Stages.ITEMS)
    public long value() throws InterruptedException {
        return round(Stages.ITEMS);
    }
}
