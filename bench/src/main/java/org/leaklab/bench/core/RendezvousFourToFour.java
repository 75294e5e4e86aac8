package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to hand a value over when four senders and four receivers share the meeting point?
 *
 * <p>No exchanger here: it would let two senders meet.
 */
public abstract class RendezvousFourToFour extends CoreBenchmark {

    @Param({"leaklab", "jox", "synchronous-queue", "synchronous-queue-fair", "linked-transfer-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Traffic.through(Pipe.rendezvous(implementation), 4);
    }

    /** Hands 10,000 values over, 2,500 from each sender; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends RendezvousFourToFour {
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
    public static class OneCarrier extends RendezvousFourToFour {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
