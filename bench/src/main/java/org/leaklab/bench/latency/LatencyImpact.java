package org.leaklab.bench.latency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.leaklab.bench.Words;
import org.leaklab.bench.stuck.StuckNeighbours;
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
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What does a leak do to the latency of an HTTP service? In {@code percent} of its requests the handler forsakes a
 * thread, which ends ({@code fixed}) or is stuck for ever ({@code leaky}); {@code beside} so many threads that were
 * stuck before. In {@code fixed} beside {@code none} no thread is stuck: compare the other rows with that one.
 *
 * <p>The requests come from another JVM at a fixed {@code rate} a second, whether or not earlier ones are answered, for
 * {@code seconds}. The warm-up does the same. The answer is the histogram of latencies that {@code bench} keeps with
 * each fork, in microseconds from when a request was to be sent: histograms of forks are merged and percentiles taken
 * then. The secondary metrics {@code p50} to {@code max} are those of one fork; {@code late} is by how much 99 % of the
 * requests were sent late at most, which is in the latencies; {@code collections} how often the collector ran
 * meanwhile. The time of the benchmark itself says nothing. A fork in which not as many helpers are stuck as were
 * forsaken fails, and so does one in which more than 1 % of the requests fail. Where there are 10,000 requests, so that
 * p99 is shown, a fork fails too if {@code late} is more than a tenth of it.
 *
 * <p>Every row gets threads of both kinds stuck and frees them before it begins, whatever it is measured beside.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xms1g",
            "-Xmx1g",
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

    @Param({"none", "10000-virtual", "100000-virtual"})
    public String beside;

    @Param("1000")
    public int rate;

    @Param("10")
    public int seconds;

    private boolean measured;
    private Load load;
    private AutoCloseable stuck;

    @Setup(Level.Trial)
    public void open() throws Exception {
        StuckNeighbours.warmUp();
        stuck = StuckNeighbours.of(beside);
        load = RemoteLoad.start();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        load.close();
        stuck.close();
    }

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
                Duration.ofSeconds(seconds),
                beside);
        if (!measured) {
            return experiment.warmUp(load).requests();
        }
        return LatencyMetrics.of(() -> experiment.run(load).check(experiment)).requests();
    }
}
