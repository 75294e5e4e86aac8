package org.leaklab.bench.latency;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * How many times as long something takes with as without, by what their forks took, and what could have been seen at
 * all. Nothing found means little where only a doubling would have shown.
 *
 * @param ratio of the geometric means
 * @param smallest the smallest ratio above 1 that forks which scatter like these show in four of five experiments, at a
 *     level of 5 %
 */
public record Effect(double ratio, double smallest) {

    private static final double LEVEL = 0.975;
    private static final double POWER = 0.8;
    private static final int FEWEST = 3;

    /** None where a side has fewer than three forks. */
    public static Optional<Effect> of(List<Double> without, List<Double> with) {
        if (Math.min(without.size(), with.size()) < FEWEST) {
            return Optional.empty();
        }
        SummaryStatistics base = logarithms(without);
        SummaryStatistics now = logarithms(with);
        double error = Math.sqrt(base.getVariance() / base.getN() + now.getVariance() / now.getN());
        TDistribution student = new TDistribution(null, base.getN() + now.getN() - 2.0);
        double shows =
                (student.inverseCumulativeProbability(LEVEL) + student.inverseCumulativeProbability(POWER)) * error;
        return Optional.of(new Effect(Math.exp(now.getMean() - base.getMean()), Math.exp(shows)));
    }

    private static SummaryStatistics logarithms(List<Double> values) {
        SummaryStatistics logarithms = new SummaryStatistics();
        values.forEach(value -> logarithms.addValue(Math.log(value)));
        return logarithms;
    }
}
