package org.leaklab.compare;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Values of one thing that was measured several times.
 *
 * @param values in ascending order
 */
public record Sample(double... values) {

    private static final double CONFIDENCE = 0.95;

    /** A lower and an upper end; NaN where there is none. */
    public record Interval(double low, double high) {
        public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

        /** Whether there is one. */
        public boolean isKnown() {
            return Double.isFinite(low) && Double.isFinite(high);
        }
    }

    /** Sorts a copy. */
    public Sample {
        values = values.clone();
        Arrays.sort(values);
    }

    /** Those that are finite. */
    static Sample of(List<Double> values) {
        return new Sample(values.stream()
                .mapToDouble(value -> value)
                .filter(Double::isFinite)
                .toArray());
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
     * The 95 % interval of the ratio of what these values are drawn from to what a base is drawn from: the ratios that
     * the test of Mann and Whitney would not reject. Those are between two of the ratios of each value to each of the
     * base (Hodges and Lehmann; R's {@code wilcox.test} with {@code conf.int} on logarithms). So an interval without 1
     * and a p-value of at most 5 % are the same where no two values are equal; where some are, the p-value is exact,
     * and the interval is that of values without ties. Too few values, or values that are not above zero, have none.
     */
    public Interval ratioTo(Sample base) {
        int outside = size() == 0 || base.size() == 0 ? 0 : MannWhitney.outside(size(), base.size(), 1 - CONFIDENCE);
        if (outside == 0 || values[0] <= 0 || base.values[0] <= 0) {
            return Interval.NONE;
        }
        double[] ratios = ratios(base);
        return new Interval(ratios[outside - 1], ratios[ratios.length - outside]);
    }

    /** The ratio in the middle of that interval: the median of the ratios of each value to each of the base. */
    double middleRatioTo(Sample base) {
        return median(ratios(base));
    }

    private double[] ratios(Sample base) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(base.values).map(other -> value / other))
                .sorted()
                .toArray();
    }

    /** Whether all of these are above all others, or below. */
    boolean isApartFrom(Sample other) {
        return size() > 0
                && other.size() > 0
                && (values[0] > other.values[other.size() - 1] || values[size() - 1] < other.values[0]);
    }

    Sample times(double factor) {
        return new Sample(Arrays.stream(values).map(value -> value * factor).toArray());
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
