package org.leaklab.bench.core;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to wake a thread that waits for a permit? Two threads give each other a permit in turn, so that one
 * of them always waits. Read it against {@link PingPong}, whose round trip is two hand-offs and carries a value, and
 * against {@code yield-only}, two threads that yield until a flag is up.
 */
public class SemaphoreHandOff extends CoreBenchmark {

    @Param({"leaklab", "juc-semaphore", "juc-semaphore-fair", CoreScore.BASELINE})
    public String implementation;

    @Override
    List<Crew.Part> parts() throws InterruptedException {
        return Turns.through(Turnstile.ofSemaphore(implementation), Turnstile.ofSemaphore(implementation));
    }

    /** Hands over 10,000 permits; per permit. */
    @Benchmark
    @OperationsPerInvocation(Turns.TURNS)
    public long handOff() throws InterruptedException {
        return round(Turns.TURNS);
    }
}
