package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Further;
import org.leaklab.bench.RequiredJvm;
import org.leaklab.core.ThreadKind;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * and a crew that lives for a trial.
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

    final long round() throws InterruptedException {
        return crew.round();
    }
}
