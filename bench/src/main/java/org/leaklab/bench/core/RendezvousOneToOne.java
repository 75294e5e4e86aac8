package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** What does it cost to hand a value from one sender to one receiver, each waiting for the other? */
public class RendezvousOneToOne extends CoreBenchmark {

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
        return round(Traffic.ITEMS);
    }
}
