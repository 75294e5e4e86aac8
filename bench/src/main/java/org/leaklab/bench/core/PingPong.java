package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a question and its answer cost, between two threads of which always one waits? Nothing can be done ahead
 * here: it is the price of waking the other, twice.
 */
public class PingPong extends CoreBenchmark {

    @Param({"leaklab", "jox", "synchronous-queue", "synchronous-queue-fair", "exchanger", "linked-transfer-queue"})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Traffic.thereAndBack(Pipe.rendezvous(implementation), Pipe.rendezvous(implementation));
    }

    /** Sends 10,000 values there and back; per round trip. */
    @Benchmark
    @OperationsPerInvocation(Traffic.ITEMS)
    public long roundTrip() throws InterruptedException {
        return round(Traffic.ITEMS);
    }
}
