package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to receive from a channel for a time at most? The timeout of ten minutes never passes. Read it
 * against {@link RendezvousOneToOne} and {@link BufferedOneToOne}, where nobody looks at the clock.
 */
public abstract class SelectWithTimeout extends CoreBenchmark {

    @Param({"leaklab", "leaklab-new-select", "jox"})
    public String implementation;

    @Param({"0", "100"})
    public int capacity;

    @Override
    List<Crew.Part> parts() {
        return Traffic.into(Junction.withTimeout(implementation, capacity), 1);
    }

    /** Receives 10,000 values; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round();
    }

    /** Platform threads, and virtual ones on as many carriers as there are processors. */
    public static class AllCarriers extends SelectWithTimeout {
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
    public static class OneCarrier extends SelectWithTimeout {
        @Param({"virtual"})
        public String threads;

        @Override
        String threads() {
            return threads;
        }
    }
}
