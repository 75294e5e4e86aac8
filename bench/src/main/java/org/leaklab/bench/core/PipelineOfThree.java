package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a value cost that goes through three stages to a consumer, each on a thread of its own?
 *
 * <p>{@code leaklab} is the pattern, {@code leaklab-channels} and the peers are built by hand. See {@link Stages}.
 */
public abstract class PipelineOfThree extends CoreBenchmark {

    @Param({"leaklab", "leaklab-channels", "jox", "array-blocking-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Stages.inLine(implementation, kind());
    }

    /** Sends 10,000 values through; per value. */
    @Benchmark
    @OperationsPerInvocation(Stages.ITEMS)
    public long value() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends PipelineOfThree {
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
    public static class OneCarrier extends PipelineOfThree {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
