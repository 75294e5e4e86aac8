package org.leaklab.bench;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The mean of the forks of a measurement with its 95 % interval, by Student's t. Forks are independent of each other,
 * which the iterations of one fork are not.
 *
 * @param mean NaN where there are no forks
 * @param low lower end; NaN with fewer than two forks
 * @param high upper end
 * @param least the smallest difference from nothing that would have shown: in four of five such measurements its
 *     interval would not have reached to nothing
 */
public record ForkInterval(double mean, double low, double high, double least) {

    private static final double UPPER = 0.975;
    private static final double POWER = 0.8;

    /** Of a value a fork; those that are not finite are left out. */
    public static ForkInterval of(List<Double> forks) {
        SummaryStatistics all = new SummaryStatistics();
        forks.stream().filter(Double::isFinite).forEach(all::addValue);
        if (all.getN() < 2) {
            return new ForkInterval(all.getMean(), Double.NaN, Double.NaN, Double.NaN);
        }
        TDistribution t = new TDistribution(null, all.getN() - 1);
        double error = all.getStandardDeviation() / Math.sqrt((double) all.getN());
        double half = t.inverseCumulativeProbability(UPPER) * error;
        return new ForkInterval(
                all.getMean(),
                all.getMean() - half,
                all.getMean() + half,
                half + t.inverseCumulativeProbability(POWER) * error);
    }

    /** Half of the interval's length. */
    public double half() {
        return (high - low) / 2;
    }
}
