package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Further;
import org.leaklab.bench.RequiredJvm;
import org.leaklab.bench.Secondary;
import org.leaklab.core.ThreadKind;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all questions about the core have in common: the kind of thread, the number of carriers, how long is measured,
 * and a crew that lives for a trial. A round that did not do what it counts fails. {@value #ROUNDS} is how many rounds
 * an iteration had; slow rows on platform threads need iterations of seconds, else it is one or two.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = CoreBenchmark.FORKS,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public abstract class CoreBenchmark {

    static final int FORKS = 2;

    /** A secondary metric: rounds an iteration. */
    static final String ROUNDS = "rounds";

    @Param({"platform", "virtual"})
    public String threads;

    /** How many carriers virtual threads have: by default as many as there are processors. */
    @Param("default")
    @Further(
            value = "1",
            with = "threads=virtual",
            jvmOptions = {"-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1"})
    public String carriers;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private Crew crew;
    private int rounds;

    /** What the crew does in a round. */
    abstract List<Crew.Part> parts() throws InterruptedException;

    final ThreadKind kind() {
        return ThreadKind.valueOf(threads.toUpperCase(Locale.ROOT));
    }

    @Setup
    public void open() throws InterruptedException {
        RequiredJvm.check(this);
        crew = Crew.of(kind(), parts());
    }

    @TearDown
    public void close() throws Exception {
        crew.close();
        for (AutoCloseable resource : resources) {
            resource.close();
        }
    }

    /** Remembers a resource that is closed after the crew. */
    final <R extends AutoCloseable> R closing(R resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * A round of the crew.
     *
     * @param operations how many of them a round does
     * @throws IllegalStateException if it did another number: then its time is not that of the operations
     */
    final long round(int operations) throws InterruptedException {
        long done = crew.round();
        rounds++;
        if (done != operations) {
            throw new IllegalStateException("a round did " + done + " operations of " + operations);
        }
        return done;
    }

    @Setup(Level.Iteration)
    public void begin() {
        rounds = 0;
    }

    /** How many rounds an iteration had: of few, its time is as much that of their beginning and end. */
    @TearDown(Level.Iteration)
    public void count() {
        Secondary.metric(ROUNDS, rounds, "rounds");
    }
}
