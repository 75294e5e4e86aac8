package org.leaklab.bench.detection;

import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.Words;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
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
 * How long does one look of a detector take beside so many virtual threads that are stuck, and that it has not seen
 * before? {@code reported} is how many of them it reports. Go 1.27 takes 221 ms for its leak profile of 100,000.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx3g", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class DetectionPass {

    @Param({"count", "profile", "verifier", "reachability"})
    public String detector;

    @Param({"1000", "10000", "100000"})
    public int stuck;

    private Launcher launcher;
    private PolledDetector polled;

    @Setup(Level.Iteration)
    public void plant() throws InterruptedException {
        launcher = Launcher.of(ThreadKind.VIRTUAL);
        polled = Words.constant(PolledDetector.Kind.class, detector).at(launcher);
        for (int i = 0; i < stuck; i++) {
            launcher.start("stuck", () -> Channel.unbuffered().receive());
        }
        while (launcher.live().stream().anyMatch(live -> live.thread().getState() != Thread.State.WAITING)) {
            Thread.sleep(1);
        }
    }

    @TearDown(Level.Iteration)
    public void free() {
        polled.close();
        launcher.close();
    }

    @Benchmark
    public int pass() throws InterruptedException {
        int reported = polled.look();
        Secondary.metric("reported", reported, "threads");
        return reported;
    }
}
