package org.leaklab.bench.detection;

import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Words;
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
 * How long does one look of a detector take beside so many virtual threads that are stuck? The detectors here change
 * nothing by looking, so they look again and again: some looks take microseconds, of which a single one would say
 * nothing. Read each against {@code stuck} 0, where there is nothing to report. A look that does not report all of them
 * fails. {@link ReachabilityProbe} has the detector whose look changes something.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx3g", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class DetectionPass {

    @Param({"count", "profile", "verifier"})
    public String detector;

    @Param({"0", "1000", "10000", "100000"})
    public int stuck;

    private Look look;

    @Setup(Level.Trial)
    public void plant() throws InterruptedException {
        look = Look.beside(stuck, Words.constant(PolledDetector.Kind.class, detector)::at);
    }

    @TearDown(Level.Trial)
    public void free() {
        look.close();
    }

    @Benchmark
    public int look() throws InterruptedException {
        return look.once();
    }
}
