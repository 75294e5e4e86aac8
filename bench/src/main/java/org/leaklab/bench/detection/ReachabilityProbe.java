package org.leaklab.bench.detection;

import java.util.concurrent.TimeUnit;
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
 * How long does the first probe of the reachability detector take beside so many virtual threads that are stuck, and
 * that it has not seen before? The collections are part of it, so it takes milliseconds at least, and each is measured
 * by itself: a second probe of the same threads knows them already. Read it against {@code stuck} 0, which is what the
 * collections of a small heap take. A probe that does not report all of them fails.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx3g", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 3)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class ReachabilityProbe {

    @Param({"0", "1000", "10000", "100000"})
    public int stuck;

    private Look look;

    @Setup(Level.Iteration)
    public void plant() throws InterruptedException {
        look = Look.beside(stuck, PolledDetector.Kind.REACHABILITY::at);
    }

    @TearDown(Level.Iteration)
    public void free() {
        look.close();
    }

    @Benchmark
    public int probe() throws InterruptedException {
        return look.once();
    }
}
