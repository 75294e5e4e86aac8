package org.leaklab.bench;

import java.util.concurrent.TimeUnit;
import org.leaklab.lab.Population;
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
 * How many bytes does one stuck thread retain? The time is that of getting the population stuck; the answer is in the
 * secondary metrics {@code retained.heap} (live heap after collection) and {@code retained.rss} (resident memory of the
 * process).
 *
 * <p>Each is the slope between half of the population and all of it, so that what the first threads bring with them is
 * left out. The heap says little about platform threads, whose stacks are outside it; resident memory says little about
 * virtual ones, whose stacks lie in heap that is committed already. Read both.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx2g", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class RetainedMemory {

    private static final int PLATFORM_THREADS = 4_000;
    private static final int VIRTUAL_THREADS = 20_000;

    @Param({
        "send-without-receiver",
        "receive-without-sender",
        "select-never-ready",
        "sleep-ignores-cancellation",
        "mutex-never-unlocked",
        "missed-notify",
        "read-to-write-upgrade",
        "waitgroup-missing-done",
        "future-never-completed",
    })
    public String cause;

    @Param({"platform", "virtual"})
    public String threads;

    private Population population;

    @Setup(Level.Iteration)
    public void open() {
        population = new Population(Cells.of(cause, "leaky", threads));
    }

    @TearDown(Level.Iteration)
    public void free() throws InterruptedException {
        population.close();
    }

    @Benchmark
    public int stuck() throws Exception {
        int size = threads.equals("platform") ? PLATFORM_THREADS : VIRTUAL_THREADS;
        int first = population.growTo(size / 2);
        Footprint before = Footprint.now();
        int all = population.growTo(size);
        Footprint after = Footprint.now();
        Secondary.metric("retained.heap", (double) (after.heap() - before.heap()) / (all - first), "B/thread");
        Secondary.metric("retained.rss", (double) (after.resident() - before.resident()) / (all - first), "B/thread");
        return all;
    }
}
