package org.leaklab.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Values of one thing that was measured several times.
 *
 * @param values in ascending order
 */
public record Sample(double... values) {

    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = Draws.COUNT;

    /** A lower and an upper end; NaN where there is none. */
    public record Interval(double low, double high) {
        static final Interval NONE = new Interval(Double.NaN, Double.NaN);
    }

    /** Sorts a copy. */
    public Sample {
        values = values.clone();
        Arrays.sort(values);
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** How many there are. */
    public int size() {
        return values.length;
    }

    /** The middle one, or the mean of the two in the middle; NaN when there are none. */
    public double median() {
        return median(values);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The 95 % interval of the median, by order statistics: it assumes nothing of the distribution. Fewer than six
     * values have none.
     */
    public Interval interval() {
        int outside = 0;
        if (values.length > 0) {
            BinomialDistribution below = new BinomialDistribution(null, values.length, 0.5);
            while (2 * below.cumulativeProbability(outside) <= 1 - CONFIDENCE) {
                outside++;
            }
        }
        return outside == 0 ? Interval.NONE : new Interval(values[outside - 1], values[values.length - outside]);
    }

    /**
     * The 95 % interval of the ratio of this median to that of a base, by the bootstrap: both samples are drawn from
     * again ten thousand times, and the middle 95 % of the ratios kept. The seed is fixed, so the answer is always the
     * same. Needs two values in each.
     */
    public Interval ratioTo(Sample base) {
        if (size() < 2 || base.size() < 2) {
            return Interval.NONE;
        }
        Draws draws = Draws.of(size(), base.size());
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = draws.median(i, values) / draws.ofBase.median(i, base.values);
        }
        return new Interval(
                StatUtils.percentile(ratios, 100 * (1 - CONFIDENCE) / 2),
                StatUtils.percentile(ratios, 100 * (1 + CONFIDENCE) / 2));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample sample && Arrays.equals(values, sample.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
