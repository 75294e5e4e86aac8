package org.leaklab.results.go;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/** Values of one metric of one row, fork by fork, and what JMH makes of such values. */
final class MetricValues {

    private static final double CONFIDENCE = 0.999;

    /** JMH gives fewer values no interval. */
    private static final int FEWEST_FOR_INTERVAL = 3;

    private static final double[] PERCENTILES = {0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100};

    private final Map<String, List<Double>> forks = new LinkedHashMap<>();

    void add(String fork, double value) {
        forks.computeIfAbsent(fork, none -> new ArrayList<>()).add(value);
    }

    int forkCount() {
        return forks.size();
    }

    /** The most values that a fork has. */
    int iterations() {
        return forks.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** As JMH writes a metric: the mean, half of its 99.9 % interval, percentiles, and all values. */
    Map<String, Object> json(String unit) {
        DescriptiveStatistics all = new DescriptiveStatistics();
        forks.values().forEach(fork -> fork.forEach(all::addValue));
        double error = error(all);
        Map<String, Object> percentiles = new LinkedHashMap<>();
        for (double percent : PERCENTILES) {
            percentiles.put(
                    Double.toString(percent),
                    percent == 0 ? all.getMin() : new Percentile(percent).evaluate(all.getValues()));
        }
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("score", all.getMean());
        metric.put("scoreError", number(error));
        metric.put("scoreConfidence", List.of(number(all.getMean() - error), number(all.getMean() + error)));
        metric.put("scorePercentiles", percentiles);
        metric.put("scoreUnit", unit);
        metric.put("rawData", List.copyOf(forks.values()));
        return metric;
    }

    private static double error(DescriptiveStatistics all) {
        if (all.getN() < FEWEST_FOR_INTERVAL) {
            return Double.NaN;
        }
        return new TDistribution(all.getN() - 1).inverseCumulativeProbability(1 - (1 - CONFIDENCE) / 2)
                * all.getStandardDeviation()
                / Math.sqrt(all.getN());
    }

    /** JMH writes what is no number as a word. */
    private static Object number(double value) {
        return Double.isNaN(value) ? "NaN" : value;
    }
}
