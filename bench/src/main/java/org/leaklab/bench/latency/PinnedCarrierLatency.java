package org.leaklab.bench.latency;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
 * Does a service on virtual threads with two carriers go on, when those that leak are stuck inside
 * {@code synchronized}? Up to JDK 23 the second of them takes the last carrier, and from then on no request is
 * answered: each fails when its time is up. From JDK 24 on it is a leak as any other.
 *
 * <p>The answer is how many of the requests after the second leak fail: all or none. It is made of the secondary metric
 * {@code failures}, see {@link FailedRequests}. Which share of <em>all</em> requests fails says only how long the run
 * goes on after that leak, and so does each percentile near that share: {@code p50} is then the slowest request that
 * was still answered, or the time that one is waited for. Only where hardly any fails read percentiles as those of
 * {@link LatencyImpact}, against {@code percent} 0. Where all fail {@code stuck} has the threads of their handlers too.
 * Whether as many are stuck as should be is not checked here: it follows from the answer.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djdk.virtualThreadScheduler.parallelism=2",
            "-Djdk.virtualThreadScheduler.maxPoolSize=2",
            "-Dsun.net.httpserver.maxIdleConnections=10000",
            "-Djmh.shutdownTimeout=1",
            "-Djmh.shutdownTimeout.step=1"
        })
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class PinnedCarrierLatency {

    @Param({"0", "1"})
    public int percent;

    @Param("200")
    public int rate;

    @Param("10")
    public int seconds;

    private boolean measured;
    private Load load;

    @Setup(Level.Trial)
    public void open() throws Exception {
        load = RemoteLoad.start();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        load.close();
    }

    @Setup(Level.Iteration)
    public void begin(IterationParams iteration) {
        measured = iteration.getType() == IterationType.MEASUREMENT;
    }

    @Benchmark
    public long requests() throws Exception {
        Experiment experiment =
                new Experiment(Form.PINNED, percent, ThreadKind.VIRTUAL, rate, Duration.ofSeconds(seconds), "none");
        return (measured ? LatencyMetrics.of(() -> experiment.run(load)) : experiment.warmUp(load)).requests();
    }
}
