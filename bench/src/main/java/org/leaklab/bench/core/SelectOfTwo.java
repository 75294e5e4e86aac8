package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to receive from whichever of two channels has a value, with a sender at each?
 *
 * <p>Of several that are ready, jox takes the first, leaklab any with the same probability.
 */
public class SelectOfTwo extends CoreBenchmark {

    @Param({"leaklab", "leaklab-new-select", "jox"})
    public String implementation;

    @Param({"0", "100"})
    public int capacity;

    @Override
    List<Crew.Part> parts() {
        return Traffic.into(Junction.ofTwo(implementation, capacity), 2);
    }

    /** Receives 10,000 values; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round(Traffic.ITEMS);
    }
}
