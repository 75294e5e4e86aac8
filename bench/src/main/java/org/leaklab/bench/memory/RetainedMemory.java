package org.leaklab.bench.memory;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.Words;
import org.leaklab.bench.stuck.StuckOn;
import org.leaklab.bench.stuck.StuckThreads;
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
 * What does a population of stuck threads retain? One population a fork, in five sizes: {@code fifths} of 100,000
 * virtual threads or 4,000 platform ones, of less where each holds a file or a large payload. {@code memory-table}
 * makes bytes a thread of the five by regression.
 *
 * <p>The answers are secondary metrics, each in bytes more than before the population: {@code heap}, live after
 * collection; {@code heap.histogram}, the same counted object by object; {@code native.thread} and
 * {@code native.stack}, committed and reserved, by the VM's own tracking; {@code rss}, resident memory of the process.
 * {@code population} is how many threads it was. The time is that of getting them stuck. The heap says little about
 * platform threads, whose stacks are outside it; resident memory says little about virtual ones, whose stacks lie in
 * heap that may have been touched already.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public abstract class RetainedMemory {

    private static final int FIFTHS = 5;

    @Param({"channel", "lock", "latch", "select", "sleep", "synchronized", "object-wait", "socket"})
    public String on;

    @Param({"platform", "virtual"})
    public String threads;

    @Param({"0", "50", "200"})
    public int depth;

    @Param({"0", "1024", "65536"})
    public int payload;

    @Param({"1", "2", "3", "4", "5"})
    public int fifths;

    private StuckThreads population;
    private int size;
    private Footprint before;

    /**
     * With the code that gets stuck compiled, as in a service that has run for a while. {@code -Xbatch} has it compiled
     * when it is called often enough and not some time later, so that every fork gets stuck in the same code, however
     * busy the machine is.
     */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx3g",
                "-XX:NativeMemoryTracking=summary",
                "-Xbatch",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Warm extends RetainedMemory {}

    /** The same where the JDK holds no virtual thread. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx3g",
                "-XX:NativeMemoryTracking=summary",
                "-Xbatch",
                "-Djdk.trackAllThreads=false",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class WarmUntracked extends RetainedMemory {}

    /** With nothing ever compiled: what threads retain that get stuck early. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx3g",
                "-XX:NativeMemoryTracking=summary",
                "-Xint",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Interpreted extends RetainedMemory {
        @Override
        void warmUp(StuckOn on, ThreadKind kind) {
            // nothing gets warm here
        }
    }

    /** Both. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xmx3g",
                "-XX:NativeMemoryTracking=summary",
                "-Xint",
                "-Djdk.trackAllThreads=false",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class InterpretedUntracked extends Interpreted {}

    /** Whether these parameters can run on a release; those of other benchmarks can. */
    public static boolean runsOn(int release, Map<String, String> params) {
        String on = params.get("on");
        return on == null
                || Words.constant(StuckOn.class, on)
                        .isFor(Words.constant(ThreadKind.class, params.get("threads")), release);
    }

    void warmUp(StuckOn on, ThreadKind kind) throws InterruptedException {
        StuckThreads.warmUp(on, kind, depth, payload);
    }

    @Setup(Level.Iteration)
    public void open() throws Exception {
        StuckOn way = Words.constant(StuckOn.class, on);
        ThreadKind kind = Words.constant(ThreadKind.class, threads);
        size = way.most(kind, payload) * fifths / FIFTHS;
        warmUp(way, kind);
        population = new StuckThreads(way, kind, depth, payload);
        population.add(1); // what the first one brings with it is not a thread's
        before = Footprint.now();
    }

    @Benchmark
    public int stuck() throws InterruptedException {
        population.add(size);
        return population.count();
    }

    @TearDown(Level.Iteration)
    public void measure() throws Exception {
        Footprint more = Footprint.now().since(before);
        population.close();
        Secondary.metric("population", size, "threads");
        Secondary.metric("heap", more.heap(), "B");
        Secondary.metric("heap.histogram", more.histogram(), "B");
        Secondary.metric("native.thread.committed", more.threads().committed(), "B");
        Secondary.metric("native.thread.reserved", more.threads().reserved(), "B");
        Secondary.metric("native.stack.committed", more.stacks().committed(), "B");
        Secondary.metric("native.stack.reserved", more.stacks().reserved(), "B");
        Secondary.metric("rss", more.resident(), "B");
    }
}
