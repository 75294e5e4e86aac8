package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a value cost on its way through a buffer of 100 between four senders and four receivers?
 *
 * <p>The linked transfer queue has no bound: it never makes a sender wait, which the others must.
 */
public abstract class BufferedFourToFour extends CoreBenchmark {

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
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends BufferedFourToFour {
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
    public static class OneCarrier extends BufferedFourToFour {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
