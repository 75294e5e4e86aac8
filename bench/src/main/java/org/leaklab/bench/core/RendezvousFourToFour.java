package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to hand a value over when four senders and four receivers share the meeting point?
 *
 * <p>No exchanger here: it would let two senders meet.
 */
public class RendezvousFourToFour extends CoreBenchmark {

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
        return round(Traffic.ITEMS);
    }
}
