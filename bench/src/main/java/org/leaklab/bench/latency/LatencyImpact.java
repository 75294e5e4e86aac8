package org.leaklab.bench.latency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Words;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What does a leak do to the latency of an HTTP service? In {@code percent} of its requests the handler forsakes a
 * thread, which ends ({@code fixed}) or is stuck for ever ({@code leaky}). The answer is in the secondary metrics
 * {@code p50}, {@code p99}, {@code p99.9} and {@code max}, in microseconds from when a request was to be sent,
 * {@code failures}, and {@code stuck}, the threads that are left. Read leaky against fixed of the same percent; with 0
 * the two do the same and show what noise alone does. The time of the benchmark itself says nothing.
 *
 * <p>Requests come at a fixed {@code rate} a second, whether or not earlier ones are answered, for {@code seconds}. The
 * warm-up leaks nothing. {@code java -Dleaklab.histograms=DIRECTORY -jar ...} keeps the histograms of all seconds.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Dsun.net.httpserver.maxIdleConnections=10000",
            "-Djmh.shutdownTimeout=1",
            "-Djmh.shutdownTimeout.step=1"
        })
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class LatencyImpact {

    @Param({"fixed", "leaky"})
    public String form;

    @Param({"0", "1", "10"})
    public int percent;

    @Param({"platform", "virtual"})
    public String threads;

    @Param("500")
    public int rate;

    @Param("10")
    public int seconds;

    private boolean measured;

    @Setup(Level.Iteration)
    public void begin(IterationParams iteration) {
        measured = iteration.getType() == IterationType.MEASUREMENT;
    }

    @Benchmark
    public long requests() throws Exception {
        Experiment experiment = new Experiment(
                Words.constant(Form.class, form),
                percent,
                Words.constant(ThreadKind.class, threads),
                rate,
                Duration.ofSeconds(seconds));
        return LatencyMetrics.report(measured ? experiment.run() : experiment.warmUp())
                .requests();
    }
}
