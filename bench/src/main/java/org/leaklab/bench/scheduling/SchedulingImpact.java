package org.leaklab.bench.scheduling;

import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Words;
import org.leaklab.bench.overhead.Batches;
import org.leaklab.bench.overhead.Operation;
import org.leaklab.bench.stuck.StuckNeighbours;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do stuck threads do to the scheduling of the others? An operation of the core beside none and beside many; read
 * each against {@code beside} none.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx3g", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class SchedulingImpact {

    @Param({"fork-join", "hand-off"})
    public String operation;

    @Param({"platform", "virtual"})
    public String threads;

    @Param({"none", "10000-virtual", "100000-virtual", "4000-platform"})
    public String beside;

    private AutoCloseable stuck;
    private Threads stage;
    private Batches batches;

    @Setup(Level.Trial)
    public void begin() throws InterruptedException {
        StuckNeighbours.warmUp();
        stuck = StuckNeighbours.of(beside);
        stage = Threads.of(Words.constant(ThreadKind.class, threads));
        batches = Words.constant(Operation.class, operation).on(stage);
    }

    @TearDown(Level.Trial)
    public void end() throws Exception {
        stage.close();
        stuck.close();
    }

    @Benchmark
    @OperationsPerInvocation(Batches.SIZE)
    public void operations() throws Exception {
        batches.run();
    }
}
