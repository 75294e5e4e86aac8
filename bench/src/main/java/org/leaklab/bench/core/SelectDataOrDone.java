package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to receive from a channel in a way that a cancellation could end at any time? It never comes; every
 * wait enters and leaves one long-lived list of waiters. Read it against {@link RendezvousOneToOne} and
 * {@link BufferedOneToOne}, where nobody listens for a cancellation.
 */
public class SelectDataOrDone extends CoreBenchmark {

    @Param({"leaklab", "leaklab-new-select", "jox"})
    public String implementation;

    @Param({"0", "100"})
    public int capacity;

    @Override
    List<Crew.Part> parts() {
        return Traffic.into(Junction.dataOrDone(implementation, capacity), 1);
    }

    /** Receives 10,000 values; per value. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long value() throws InterruptedException {
        return round(Traffic.ITEMS);
    }
}
