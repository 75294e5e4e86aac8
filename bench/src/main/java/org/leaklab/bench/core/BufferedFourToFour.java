package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a value cost on its way through a buffer of 100 between four senders and four receivers?
 *
 * <p>The linked transfer queue has no bound: it never makes a sender wait, which the others must.
 */
public class BufferedFourToFour extends CoreBenchmark {

    @Param({"leaklab", "jox", "array-blocking-queue", "linked-blocking-queue", "linked-transfer-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Traffic.through(Pipe.buffered(implementation, 100), 4);
    }

    /** Passes 10,000 values; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round(Traffic.ITEMS);
    }
}
