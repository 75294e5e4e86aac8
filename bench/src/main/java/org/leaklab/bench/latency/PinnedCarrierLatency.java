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
 * What becomes of a service on virtual threads with two carriers, when those that leak are stuck inside
 * {@code synchronized}? Up to JDK 23 the second of them takes the last carrier: from then on every request fails when
 * its time is up, {@code p50} is that time, and {@code stuck} has the threads of all requests. From JDK 24 on it is a
 * leak as any other. Read it as {@link LatencyImpact}, against {@code percent} 0, and one JDK against another. Whether
 * as many are stuck as should be is not checked here: it is the answer.
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
