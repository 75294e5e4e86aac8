package org.leaklab.bench.overhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.openjdk.jmh.annotations.Benchmark;
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
 * What does it cost to have a detector attached? The answer is in the secondary metric {@code added}: the nanoseconds
 * that an operation takes longer with the detector than without it, in the same fork. Beside it stand the time of the
 * {@code operation} without it and the share of the {@code harness}, which is not in that time, both in ns/op; and
 * {@code ratio}, how many times as long the operation takes with the detector. The time of the benchmark itself is that
 * of all its slices and says nothing.
 *
 * <p>The detector {@code none} is measured like the others and shows what noise alone does. {@code reachability} starts
 * virtual threads so that nothing in the JDK holds them; {@link DetectorOverheadUntracked} asks the same of a JVM that
 * was told to hold none anyway.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 2)
@Measurement(iterations = 8)
@State(Scope.Benchmark)
public class DetectorOverhead {

    private static final Duration ITERATION = Duration.ofMillis(1200);

    @Param({"none", "observer", "count", "reachability", "profile", "verifier"})
    public String detector;

    @Param({"fork-join", "hand-off", "select", "pool-submit"})
    public String operation;

    @Param({"platform", "virtual"})
    public String threads;

    @Param("0")
    public int stuck;

    private final List<PairedSlices.Measured> all = new ArrayList<>();
    private PairedSlices slices;

    @Setup(Level.Trial)
    public void open() throws InterruptedException {
        slices = new PairedSlices(
                Words.constant(Operation.class, operation),
                Words.constant(AttachedDetector.class, detector),
                Words.constant(ThreadKind.class, threads),
                stuck);
    }

    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        slices.close();
        PairedSlices.Measured.check(all);
    }

    @Benchmark
    public double pairs() throws Exception {
        PairedSlices.Measured measured = slices.run(ITERATION);
        all.add(measured);
        Secondary.metric("added", measured.added(), "ns/op");
        Secondary.metric("operation", measured.operation(), "ns/op");
        Secondary.metric("harness", measured.harness(), "ns/op");
        Secondary.metric("ratio", measured.ratio(), "times");
        return measured.added();
    }
}
