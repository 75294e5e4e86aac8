package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to wake a thread that waits for a counter to become zero? Two threads count each other down in
 * turn, so that one of them always waits. A latch is good for one time only, so all take a new counter for each turn.
 * {@code yield-only} is two threads that yield until a flag is up.
 */
public class WaitGroupHandOff extends CoreBenchmark {

    @Param({"leaklab", "count-down-latch", "phaser", CoreScore.BASELINE})
    public String implementation;

    @Override
    List<Crew.Part> parts() {
        return Turns.through(Turnstile.ofCounter(implementation), Turnstile.ofCounter(implementation));
    }

    /** Counts down 10,000 times; per time. */
    @Benchmark
    @OperationsPerInvocation(Turns.TURNS)
    public long turn() throws InterruptedException {
        return round(Turns.TURNS);
    }
}
