package org.leaklab.bench.collector;

import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.stuck.StuckNeighbours;
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
 * What do stuck threads do to the collector? {@code full} is a full collection; {@code allocate} is a program that
 * allocates, with the mean time of its young collections in the secondary metric {@code young} and their number in
 * {@code young.count}. Read each against {@code beside} none of the same collector.
 */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public abstract class CollectorImpact {

    @Param({"none", "1000-virtual", "10000-virtual", "100000-virtual", "1000-platform", "4000-platform"})
    public String beside;

    private final Allocation allocation = new Allocation();
    private AutoCloseable stuck;
    private YoungCollections before;

    /** The default. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx2g",
                "-Xms2g",
                "-XX:+UseG1GC",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class G1 extends CollectorImpact {}

    /** For throughput. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx2g",
                "-Xms2g",
                "-XX:+UseParallelGC",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Parallel extends CollectorImpact {}

    /** On one thread. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx2g",
                "-Xms2g",
                "-XX:+UseSerialGC",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Serial extends CollectorImpact {}

    /** Beside the program. On JDK 21 it has no generations, and so no young collections. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx2g",
                "-Xms2g",
                "-XX:+UseZGC",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class ZGC extends CollectorImpact {}

    @Setup(Level.Trial)
    public void begin() throws InterruptedException {
        stuck = StuckNeighbours.of(beside);
    }

    @TearDown(Level.Trial)
    public void end() throws Exception {
        stuck.close();
    }

    @Setup(Level.Iteration)
    public void look() {
        before = YoungCollections.now();
    }

    @TearDown(Level.Iteration)
    public void lookAgain() {
        YoungCollections young = YoungCollections.now().since(before);
        if (young.count() > 0) {
            Secondary.metric("young", young.mean(), "ms");
            Secondary.metric("young.count", young.count(), "collections");
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void full() {
        System.gc();
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Object allocate() {
        return allocation.allocate();
    }
}
