package org.leaklab.bench.latency;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.leaklab.results.JmhResult;

/**
 * How many of the requests behind a result failed. A request that fails is recorded with the time until it was given
 * up, which is no latency. So a percentile near such requests says nothing about answers: beyond the boundary it is the
 * limit, and just below the boundary it is the slowest request that was still answered.
 *
 * @param failed how many, a value a fork; empty where the result does not say
 * @param requests how many there were in each fork
 * @param percent in how many of a hundred requests a thread is stuck for ever
 */
public record FailedRequests(List<Double> failed, double requests, double percent) {

    /** As many as the JVM of {@link PinnedCarrierLatency} has. */
    private static final int CARRIERS = 2;

    /** The most percent of all requests. */
    private static final double MOST = 1;

    /** The most of the requests beyond a percentile, on which it stands. */
    private static final double MOST_BEYOND = 0.1;

    public FailedRequests {
        failed = List.copyOf(failed);
    }

    /** Those of a result. */
    public static FailedRequests of(JmhResult result) {
        JmhResult.Metric failures = result.secondary().get("failures");
        return new FailedRequests(
                failures == null ? List.of() : failures.forkMeans(), requests(result), number(result, "percent"));
    }

    /** Those in a histogram, which has no other mark of them than their time: it is as long as one is waited for. */
    public static FailedRequests of(Histogram micros) {
        long limit = Experiment.TIMEOUT.toNanos() / 1000;
        long failed = micros.getMaxValue() < limit ? 0 : micros.getCountBetweenValues(limit, micros.getMaxValue());
        return new FailedRequests(List.of((double) failed), (double) micros.getTotalCount(), 0);
    }

    /** As many as were recorded, or were to be sent where nothing is recorded. */
    private static double requests(JmhResult result) {
        return result.latencies().forks().stream()
                .mapToDouble(fork -> (double) fork.getTotalCount())
                .average()
                .orElse(number(result, "rate") * number(result, "seconds"));
    }

    private static double number(JmhResult result, String param) {
        String value = result.params().getOrDefault(param, "");
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** Percent of all requests, of all forks together. */
    public double share() {
        return requests > 0 ? 100 * average(failed) / requests : 0;
    }

    /**
     * Whether a percentile says how long requests take. At most 1 % of all may have failed, and at most a tenth of
     * those beyond the percentile.
     */
    public boolean isLatency(double percentile) {
        return share() <= Math.min(MOST, MOST_BEYOND * (100 - percentile));
    }

    /**
     * Percent of the requests that came after as many threads were stuck as there are carriers, a value a fork. How
     * long the run is does not change it, as it changes the share of all. Empty where no such request was sent.
     */
    public List<Double> afterLastCarrier() {
        double after = percent > 0 ? requests - CARRIERS * 100 / percent : 0;
        return after > 0
                ? failed.stream()
                        .map(each -> Math.min(100, 100 * each / after)) // one on its way may fail with them
                        .toList()
                : List.of();
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
}
