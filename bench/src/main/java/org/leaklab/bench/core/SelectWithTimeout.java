package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to receive from a channel for a time at most? The timeout of ten minutes never passes. Read it
 * against {@link RendezvousOneToOne} and {@link BufferedOneToOne}, where nobody looks at the clock.
 */
public class SelectWithTimeout extends CoreBenchmark {

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
        return round(Traffic.ITEMS);
    }
}
