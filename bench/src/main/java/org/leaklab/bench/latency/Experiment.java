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
 * <p>Each run has a service of its own, so nothing piles up from one to the next, and none leaves a thread behind.
 * While the load opens its connections, no helper is forsaken and no latency is recorded. A run takes as long as the
 * load lasts, and a few seconds more. If that is not enough, the run fails. It never hangs.
 *
 * <p>With the system property {@code leaklab.histograms} a run leaves a histogram of every second in that directory.
 *
 * @param form what becomes of forsaken helpers
 * @param percent in how many of a hundred requests one is forsaken
 * @param threads the kind of the service's threads
 * @param rate requests a second
 * @param duration how long they are sent
 * @param beside the word for the threads that are stuck before the first request comes; they are somebody else's
 */
record Experiment(Form form, int percent, ThreadKind threads, int rate, Duration duration, String beside) {

    /** How long a request may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration OPENING = Duration.ofMillis(500);
    private static final double MOST_FAILURES = 0.01;
    private static final double MOST_LATE = 0.1;

    /** How many requests a run has of which p99 is shown: a hundred lie at it or above. */
    private static final int SHOWS_P99 = 10_000;

    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final Duration BRIEFLY = Duration.ofSeconds(1); // where more than were forsaken may be stuck

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
     * @param sent what the load says of them
     * @param stuck how many threads of the service were left when no request was on its way any more
     * @param forsaken how many helpers were
     */
    record Measured(long requests, long p50, long p99, long p999, long max, Load.Sent sent, int stuck, int forsaken) {

        /**
         * Checks that this is what it is said to be, as far as a service can go on that leaks.
         *
         * @throws IllegalStateException if requests are missing in it or more than 1 % failed, if p99 will be shown and
         *     the load alone is more than a tenth of it, if helpers ended that should be stuck or are stuck that should
         *     have ended, or if the load came from the service's own JVM
         */
        Measured check(Experiment experiment) {
            if (sent.failures() > MOST_FAILURES * requests) {
                throw new IllegalStateException(
                        sent.failures() + " of " + requests + " requests fail: the machine does not keep up");
            }
            int expected = experiment.form == Form.FIXED ? 0 : forsaken;
            int meant = experiment.requests(experiment.duration);
            if (requests != meant || forsaken != (long) meant * experiment.percent / 100) {
                throw new IllegalStateException("of " + meant + " requests " + requests + " are recorded, and a helper"
                        + " is forsaken in " + forsaken);
            }
            if (requests >= SHOWS_P99 && sent.late() > MOST_LATE * p99) {
                throw new IllegalStateException(
                        "99 % of the requests are sent up to " + sent.late() + " us late, and 99 % are answered within "
                                + p99 + " us: more than a tenth of that is the load");
            }
            if (stuck != expected) {
                throw new IllegalStateException(
                        stuck + " helpers are stuck, and not the " + expected + " that should be");
            }
            if (sent.process() == ProcessHandle.current().pid()) {
                throw new IllegalStateException("the load comes from the JVM of the service");
            }
            return this;
        }
    }

    /** Does the same for as long, keeping no histograms: with less, part of what is measured is not compiled yet. */
    Measured warmUp(Load load) throws IOException, InterruptedException {
        return run(load, null);
    }

    /** Does it. */
    Measured run(Load load) throws IOException, InterruptedException {
        return run(load, IntervalLog.directory());
    }

    Measured run(Load load, @Nullable Path directory) throws IOException, InterruptedException {
        try (Service service = Service.open(form, percent, threads)) {
            load.open(service.address(), rate, requests(OPENING));
            service.startForsaking();
            try (IntervalLog log = IntervalLog.open(directory, name(), description())) {
                Histogram all = OpenLoop.histogram();
                Load.Sent sent = load.send(rate, requests(duration), interval -> {
                    all.add(interval);
                    log.interval(interval, service.stuck());
                });
                int stuck = service.left(form == Form.PINNED ? BRIEFLY : ENDING);
                log.end(stuck);
                log.finish();
                return new Measured(
                        all.getTotalCount(),
                        all.getValueAtPercentile(50),
                        all.getValueAtPercentile(99),
                        all.getValueAtPercentile(99.9),
                        all.getMaxValue(),
                        sent,
                        stuck,
                        service.forsaken());
            }
        }
    }

    private int requests(Duration sent) {
        return Math.toIntExact(Math.max(1, sent.toMillis() * rate / 1000));
    }

    /** The name of its log, {@code latency-leaky-10-virtual-beside-none} for example. */
    private String name() {
        return "latency-" + Words.of(form) + "-" + percent + "-" + Words.of(threads) + "-beside-" + beside;
    }

    private String description() {
        return "latency of an HTTP service: " + Words.of(form) + ", helpers forsaken in " + percent + " % of requests, "
                + Words.of(threads) + " threads, " + rate + " requests/s for " + duration.toMillis() / 1000.0
                + " s, from another JVM, beside " + beside + ", Java "
                + Runtime.version();
    }
}
