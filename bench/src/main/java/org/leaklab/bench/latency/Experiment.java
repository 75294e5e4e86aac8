package org.leaklab.bench.latency;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;
import org.leaklab.results.IntervalLog;

/**
 * A service under load, whose handler forsakes a helper in a share of the requests.
 *
 * <p>Each run has a service of its own, so nothing piles up from one to the next, and none leaves a thread behind. In
 * the first second, which opens connections, nobody is forsaken and nothing recorded. A run takes as long as the load
 * lasts and a few seconds more; when that is not enough it fails, and never hangs.
 *
 * <p>With the system property {@code leaklab.histograms} a run leaves a histogram of every second in that directory.
 *
 * @param form what becomes of forsaken helpers
 * @param percent in how many of a hundred requests one is forsaken
 * @param threads the kind of the service's threads
 * @param rate requests a second
 * @param duration how long they are sent
 */
record Experiment(Form form, int percent, ThreadKind threads, int rate, Duration duration) {

    /** How long a request may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration ENDING = Duration.ofSeconds(1);

    /** Checks that it can be run. */
    public Experiment {
        if (percent < 0 || percent > 100 || rate < 1 || !duration.isPositive()) {
            throw new IllegalArgumentException("a share is of 100 %, a rate and a duration are positive, not " + percent
                    + " %, " + rate + " requests/s, " + duration);
        }
    }

    /**
     * What was measured.
     *
     * @param requests how many there were
     * @param p50 microseconds that half of them took at most, from when they were to be sent until they ended; as the
     *     next three
     * @param failures how many got no good answer
     * @param stuck how many threads of the service were left when no request was on its way any more
     */
    record Measured(long requests, long p50, long p99, long p999, long max, int failures, int stuck) {}

    /** Does the same for half as long, forsaking nobody and keeping no histograms. */
    Measured warmUp() throws IOException, InterruptedException {
        return new Experiment(form, 0, threads, rate, duration.dividedBy(2)).run(null);
    }

    /** Does it. */
    Measured run() throws IOException, InterruptedException {
        return run(IntervalLog.directory());
    }

    Measured run(@Nullable Path directory) throws IOException, InterruptedException {
        try (Service service = Service.open(form, percent, threads);
                Connections connections = Connections.to(service.address(), TIMEOUT)) {
            openUp(connections);
            service.startForsaking();
            try (IntervalLog log = IntervalLog.open(directory, name(), description());
                    OpenLoop loop = OpenLoop.start(connections, rate, requests(duration))) {
                Histogram latencies = observe(loop, service, log);
                int stuck = service.left(ENDING);
                log.end(stuck);
                log.finish();
                return measured(latencies, loop.failures(), stuck);
            }
        }
    }

    private void openUp(Connections connections) throws InterruptedException {
        try (OpenLoop loop = OpenLoop.start(connections, rate, requests(INTERVAL))) {
            if (!loop.awaitEnd(INTERVAL.plus(TIMEOUT).plus(PATIENCE))) {
                throw new IllegalStateException("the first requests do not end");
            }
        }
    }

    /** Looks at the load once an interval until it is over; answers with all that was recorded. */
    private Histogram observe(OpenLoop loop, Service service, IntervalLog log) throws InterruptedException {
        Histogram all = OpenLoop.histogram();
        Histogram interval = null;
        long deadline =
                System.nanoTime() + duration.plus(TIMEOUT).plus(PATIENCE).toNanos();
        boolean over;
        do {
            over = loop.awaitEnd(INTERVAL);
            interval = loop.latencies(interval);
            all.add(interval);
            log.interval(interval, service.stuck());
            if (!over && System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "not all requests end: " + all.getTotalCount() + " of " + requests(duration) + " within "
                                + duration.plus(TIMEOUT).plus(PATIENCE));
            }
        } while (!over);
        return all;
    }

    private static Measured measured(Histogram latencies, int failures, int stuck) {
        return new Measured(
                latencies.getTotalCount(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                latencies.getMaxValue(),
                failures,
                stuck);
    }

    private int requests(Duration sent) {
        return Math.toIntExact(Math.max(1, sent.toMillis() * rate / 1000));
    }

    /** The name of its log, {@code latency-leaky-10-virtual} for example. */
    private String name() {
        return "latency-" + Words.of(form) + "-" + percent + "-" + Words.of(threads);
    }

    private String description() {
        return "latency of an HTTP service: " + Words.of(form) + ", helpers forsaken in " + percent + " % of requests, "
                + Words.of(threads) + " threads, " + rate + " requests/s for " + duration.toMillis() / 1000.0
                + " s, Java "
                + Runtime.version();
    }
}
