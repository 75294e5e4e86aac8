package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a value cost on its way through a buffer of 100 between one sender and one receiver?
 *
 * <p>The linked transfer queue has no bound: it never makes a sender wait, which the others must.
 */
public abstract class BufferedOneToOne extends CoreBenchmark {

    @Param({"leaklab", "jox", "array-blocking-queue", "linked-blocking-queue", "linked-transfer-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Traffic.through(Pipe.buffered(implementation, 100), 1);
    }

    /** Passes 10,000 values; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends BufferedOneToOne {
        @Param({"platform", "virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }

    /** Virtual threads on a single carrier. */
    @Fork(
            value = FORKS,
            jvmArgsAppend = {ONE_CARRIER, AND_NO_MORE, SHORT_END, SHORT_STEP})
    public static class OneCarrier extends BufferedOneToOne {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
