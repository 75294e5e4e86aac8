package org.leaklab.bench.detection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.leaklab.bench.Secondary;
import org.leaklab.bench.Words;
import org.leaklab.results.IntervalLog;
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
 * How long does it take from a thread getting stuck to its report, when the detector looks once in {@code period} ms?
 * The secondary metrics {@code delay.p50}, {@code delay.p99} and {@code delay.max} are that: between none and a period,
 * and a look. Most of it is the period, which is given. What the detector itself takes is in {@code look.p50} and
 * {@code look.max}: from the beginning of the first look after the thread got stuck. A detector that has not reported
 * all of them in the end fails.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@State(Scope.Benchmark)
public class DetectionDelay {

    private static final Duration APART = Duration.ofMillis(3);

    @Param({"count", "profile", "verifier", "reachability"})
    public String detector;

    @Param("500")
    public int period;

    @Param("5")
    public int seconds;

    private boolean measured;

    @Setup(Level.Iteration)
    public void begin(IterationParams iteration) {
        measured = iteration.getType() == IterationType.MEASUREMENT;
    }

    @Benchmark
    public int delays() throws Exception {
        Delays delays = Delays.measure(
                        Words.constant(PolledDetector.Kind.class, detector),
                        Duration.ofSeconds(seconds),
                        Duration.ofMillis(period),
                        APART)
                .check();
        Histogram histogram = delays.histogram();
        if (measured) {
            keep(delays);
        }
        Secondary.metric("delay.p50", histogram.getValueAtPercentile(50), "us");
        Secondary.metric("delay.p99", histogram.getValueAtPercentile(99), "us");
        Secondary.metric("delay.max", histogram.getMaxValue(), "us");
        Secondary.metric("look.p50", delays.ofDetector().getValueAtPercentile(50), "us");
        Secondary.metric("look.max", delays.ofDetector().getMaxValue(), "us");
        Secondary.metric("reported", delays.planted(), "threads");
        return delays.planted();
    }

    private void keep(Delays delays) throws IOException {
        String about = "from getting stuck to the report by " + detector + ", which looks once in " + period
                + " ms, Java " + Runtime.version();
        try (IntervalLog log =
                IntervalLog.open(IntervalLog.directory(), "delay-" + detector + "-" + period + "ms", about)) {
            log.interval(delays.histogram(), delays.planted());
            log.finish();
        }
    }
}
