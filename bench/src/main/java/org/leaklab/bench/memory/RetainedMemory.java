package org.leaklab.bench.memory;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Further;
import org.leaklab.bench.RequiredJvm;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.Words;
import org.leaklab.bench.stuck.Holder;
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
 * What does a population of stuck threads retain? In each fork the population grows five times by a fifth, to 100,000
 * virtual threads or 4,000 platform ones, to less where each holds a file or a large payload. {@code memory-table}
 * makes bytes a thread of that: the slope of a line through the five, which leaves out what does not grow with the
 * threads.
 *
 * <p>{@code holder} is who holds the threads: an {@code array} that was there before, so that nothing of the lab's is
 * in the bytes; or leaklab's {@code launcher}, and what is more then is its record of a thread. The command
 * {@code bench} runs two more, in a JVM that does not track virtual threads: {@code array-untracked}, and
 * {@code nobody}, of whose threads nothing should be left.
 *
 * <p>The answers are secondary metrics, each in bytes more than before the population: {@code heap}, live after
 * collection; {@code heap.histogram}, the same counted object by object; {@code native.thread} and
 * {@code native.stack}, committed and reserved, by the VM's own tracking; {@code rss}, resident memory of the process.
 * {@code population} is how many threads there were. The time is that of getting them stuck. Read {@code heap} for
 * virtual threads, whose stacks are there, and {@code rss} for platform threads, whose stacks are outside it. What the
 * VM calls committed is an account, and not the same one on each JDK: up to 25 it has the pages that guard the end of a
 * stack, which nothing ever touches.
 *
 * <p>A population that is not stuck any more when it was measured fails the row, and so does one that nobody was to
 * hold and that is there still.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = RetainedMemory.FIFTHS)
@State(Scope.Benchmark)
public abstract class RetainedMemory {

    static final int FIFTHS = 5;

    private static final String UNTRACKED = "-untracked";
    private static final String NOT_TRACKING = "-Djdk.trackAllThreads=false";

    @Param({"channel", "lock", "latch", "select", "sleep", "synchronized", "object-wait", "socket"})
    public String on;

    @Param({"platform", "virtual"})
    public String threads;

    @Param({"0", "50", "200"})
    public int depth;

    @Param({"0", "1024", "65536"})
    public int payload;

    @Param({"array", "launcher"})
    @Further(value = "array-untracked", with = "threads=virtual", jvmOptions = NOT_TRACKING)
    @Further(value = "nobody", with = "threads=virtual", jvmOptions = NOT_TRACKING)
    public String holder;

    private StuckThreads population;
    private int size;
    private int fifth;
    private Footprint before;

    /**
     * With the code that gets stuck compiled, as in a service that has run for a while. {@code -Xbatch} has it compiled
     * when it is called often enough and not some time later, so that every fork gets stuck in the same code, however
     * busy the machine is.
     */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xms512m", // touched at once, so that the heap does not come into resident memory as it is used
                "-Xmx3g",
                "-XX:+AlwaysPreTouch",
                "-XX:NativeMemoryTracking=summary",
                "-Xbatch",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Warm extends RetainedMemory {}

    /** With nothing ever compiled: what threads retain that get stuck early. */
    @Fork(
            value = 3,
            jvmArgsAppend = {
                "-Xms512m", // touched at once, so that the heap does not come into resident memory as it is used
                "-Xmx3g",
                "-XX:+AlwaysPreTouch",
                "-XX:NativeMemoryTracking=summary",
                "-Xint",
                "-Djmh.shutdownTimeout=1",
                "-Djmh.shutdownTimeout.step=1"
            })
    public static class Interpreted extends RetainedMemory {
        @Override
        void warmUp(StuckOn on, ThreadKind kind, Holder held) {
            // nothing gets warm here
        }
    }

    /** Whether these parameters can run on a release; those of other benchmarks can. */
    public static boolean runsOn(int release, Map<String, String> params) {
        String on = params.get("on");
        return on == null
                || Words.constant(StuckOn.class, on)
                        .isFor(Words.constant(ThreadKind.class, params.get("threads")), release);
    }

    void warmUp(StuckOn on, ThreadKind kind, Holder held) throws InterruptedException {
        StuckThreads.warmUp(on, kind, depth, payload, held);
    }

    @Setup(Level.Trial)
    public void open() throws Exception {
        RequiredJvm.check(this);
        StuckOn way = Words.constant(StuckOn.class, on);
        ThreadKind kind = Words.constant(ThreadKind.class, threads);
        Holder held = Words.constant(Holder.class, holder.replace(UNTRACKED, ""));
        size = way.most(kind, payload);
        warmUp(way, kind, held);
        population = new StuckThreads(way, kind, depth, payload, held);
        population.add(1); // what the first one brings with it is not a thread's
        before = Footprint.now();
    }

    /** How many there are when so many fifths have come. */
    private int after(int fifths) {
        return size / FIFTHS * fifths;
    }

    @Benchmark
    public int stuck() throws InterruptedException {
        population.add(after(fifth + 1) - after(fifth));
        return ++fifth;
    }

    @TearDown(Level.Iteration)
    public void measure() throws Exception {
        Footprint more = Footprint.now().since(before);
        population.check(after(fifth) + 1);
        Secondary.metric("population", after(fifth), "threads");
        Secondary.metric("heap", more.heap(), "B");
        Secondary.metric("heap.histogram", more.histogram(), "B");
        Secondary.metric("native.thread.committed", more.threads().committed(), "B");
        Secondary.metric("native.thread.reserved", more.threads().reserved(), "B");
        Secondary.metric("native.stack.committed", more.stacks().committed(), "B");
        Secondary.metric("native.stack.reserved", more.stacks().reserved(), "B");
        Secondary.metric("rss", more.resident(), "B");
    }

    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        population.close();
    }
}
