package org.leaklab.bench.collector;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Further;
import org.leaklab.bench.RequiredJvm;
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
 * {@code young.count}. Read the difference from {@code beside} none of the same collector, for each 100,000 threads;
 * and beside it the difference that {@code 100000-objects} makes, which are as many bytes in plain objects.
 *
 * <p>Every row gets threads of both kinds stuck and frees them before it begins, whatever it is measured beside.
 */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public abstract class CollectorImpact {

    @Param({
        "none",
        "1000-virtual",
        "10000-virtual",
        "100000-virtual",
        "1000-platform",
        "4000-platform",
        "10000-objects",
        "100000-objects"
    })
    public String beside;

    private final Allocation allocation = new Allocation();
    private AutoCloseable neighbours;
    private YoungCollections before;
    private long fullBefore;
    private long asked;
    private long askedInAll;
    private YoungCollections beforeAll;

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
    public static class G1 extends CollectorImpact {
        @Override
        String collector() {
            return "G1 Old Generation";
        }
    }

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
    public static class Parallel extends CollectorImpact {
        @Override
        String collector() {
            return "PS MarkSweep";
        }
    }

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
    public static class Serial extends CollectorImpact {
        @Override
        String collector() {
            return "MarkSweepCompact";
        }
    }

    /** Beside the program. On JDK 21 it has generations only if it is told to, later always. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx2g",
                "-Xms2g",
                "-XX:+UseZGC",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class ZGC extends CollectorImpact {

        static final String GENERATIONAL = "generational";
        static final String SINGLE = "single-generation";

        @Param(GENERATIONAL)
        @Further(value = GENERATIONAL, release = 21, jvmOptions = "-XX:+ZGenerational")
        @Further(
                value = GENERATIONAL,
                jvmOptions = {})
        @Further(
                value = SINGLE,
                release = 21,
                jvmOptions = {})
        public String mode;

        @Override
        String collector() {
            return mode.equals(SINGLE) ? "ZGC Cycles" : "ZGC Major Cycles";
        }
    }

    /** The bean that a JVM with this collector has, in this mode, and no other JVM. */
    abstract String collector();

    @Setup(Level.Trial)
    public void begin() throws Exception {
        RequiredJvm.check(this);
        check(
                collector(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(MemoryManagerMXBean::getName)
                        .toList());
        StuckNeighbours.warmUp();
        neighbours = PlainObjects.isMeantBy(beside) ? PlainObjects.of(beside) : StuckNeighbours.of(beside);
        beforeAll = YoungCollections.now();
    }

    /**
     * Sees that the JVM has the collector that the row says.
     *
     * @throws IllegalStateException if it has another
     */
    static void check(String collector, List<String> beans) {
        if (!beans.contains(collector)) {
            throw new IllegalStateException("this JVM has no collector \"" + collector + "\", but " + beans);
        }
    }

    @TearDown(Level.Trial)
    public void end() throws Exception {
        neighbours.close();
        if (askedInAll == 0) {
            YoungCollections.now().since(beforeAll).check(YoungCollections.exist());
        }
    }

    @Setup(Level.Iteration)
    public void look() {
        before = YoungCollections.now();
        fullBefore = FullCollections.count();
        asked = 0;
    }

    @TearDown(Level.Iteration)
    public void lookAgain() {
        FullCollections.check(asked, FullCollections.count() - fullBefore);
        YoungCollections young = YoungCollections.now().since(before);
        askedInAll += asked;
        if (young.count() > 0) {
            Secondary.metric("young", young.mean(), "ms");
            Secondary.metric("young.count", young.count(), "collections");
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void full() {
        asked++;
        System.gc();
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Object allocate() {
        return allocation.allocate();
    }
}
