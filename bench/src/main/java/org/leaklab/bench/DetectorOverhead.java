package org.leaklab.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.Select;
import org.leaklab.detect.CountAlarm;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
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
 * What does it cost to have a detector attached that is not looking just now? Read each against {@code none} in the
 * same run: {@code forkJoin} may pay at each start, {@code handOff} and {@code select} should pay nothing.
 *
 * <p>{@code count} samples ten times a second. {@code reachability} starts each virtual thread so that nothing in the
 * JDK holds it, which costs an executor a thread; {@link DetectorOverheadUntracked} asks the same of a JVM that was
 * told to hold none.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class DetectorOverhead {

    private static final int TASKS = 100;
    private static final Duration SAMPLING = Duration.ofMillis(100);
    private static final int MANY = 1_000_000;
    private static final int WINDOWS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Param({"none", "count", "reachability"})
    public String detector;

    @Param({"platform", "virtual"})
    public String threads;

    private Launcher launcher;
    private AutoCloseable attached;
    private Channel<Integer> there;
    private Channel<Integer> back;

    @Setup(Level.Trial)
    public void attach() {
        launcher = Launcher.of(Cells.kind(threads));
        attached = switch (detector) {
            case "none" -> () -> {};
            case "count" -> CountAlarm.start(ThreadSource.of(launcher), SAMPLING, MANY, WINDOWS, alarm -> {});
            case "reachability" -> Reachability.of(launcher);
            default -> throw new IllegalArgumentException("no detector \"" + detector + "\"");
        };
        there = Channel.unbuffered();
        back = Channel.unbuffered();
        launcher.start("echo", () -> there.forEach(back::send));
    }

    @TearDown(Level.Trial)
    public void detach() throws Exception {
        attached.close();
        launcher.close();
    }

    /** Starts 100 threads and waits for their end; per thread. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public boolean forkJoin() throws InterruptedException {
        for (int i = 0; i < TASKS; i++) {
            launcher.start("task", () -> {});
        }
        return launcher.awaitLive(1, PATIENCE);
    }

    /** Hands a value to a thread and takes it back, 100 times over, all on threads of the launcher; per round trip. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public boolean handOff() throws InterruptedException {
        launcher.start("caller", () -> {
            for (int i = 0; i < TASKS; i++) {
                there.send(i);
                back.receive();
            }
        });
        return launcher.awaitLive(1, PATIENCE);
    }

    /** The same, received by a select that also waits for a channel that nobody sends on; per round trip. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public boolean select() throws InterruptedException {
        launcher.start("caller", () -> {
            Channel<Integer> never = Channel.unbuffered();
            Select<Integer> either =
                    new Select<Integer>().onReceive(back, value -> value).onReceive(never, value -> value);
            for (int i = 0; i < TASKS; i++) {
                there.send(i);
                either.run();
            }
        });
        return launcher.awaitLive(1, PATIENCE);
    }
}
