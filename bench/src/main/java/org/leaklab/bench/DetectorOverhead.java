package org.leaklab.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.detect.ThreadRegistry;
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
 * What does the simplest detector cost, a registry of started and finished threads? Read {@code registry} against
 * {@code none} in the same run: {@code forkJoin} pays at each start and finish, {@code handOff} should pay nothing.
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Param({"none", "registry"})
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
        attached = detector.equals("registry") ? ThreadRegistry.watch(launcher) : () -> {};
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
}
