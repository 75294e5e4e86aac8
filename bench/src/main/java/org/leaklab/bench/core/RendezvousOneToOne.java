package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** What does it cost to hand a value from one sender to one receiver, each waiting for the other? */
public abstract class RendezvousOneToOne extends CoreBenchmark {

    @Param({"leaklab", "jox", "synchronous-queue", "synchronous-queue-fair", "exchanger", "linked-transfer-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Traffic.through(Pipe.rendezvous(implementation), 1);
    }

    /** Hands 10,000 values over; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends RendezvousOneToOne {
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
    public static class OneCarrier extends RendezvousOneToOne {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
