package org.leaklab.bench.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What one thread adds: the slope of a straight line through what populations of several sizes took, by least squares.
 *
 * @param perThread the slope, bytes a thread
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param intercept what a population of none would take, bytes
 * @param rSquared the share of the variance that the line explains
 * @param populations how many populations were measured
 * @param linear whether a straight line describes them; where it does not, the slope is that of a mean line and the
 *     first threads differ from the last
 */
public record Slope(
        double perThread, double low, double high, double intercept, double rSquared, int populations, boolean linear) {

    /** Two populations always lie on a line. */
    public static final int FEWEST_SIZES = 3;

    private static final double CONFIDENCE = 0.05;
    private static final double SIGNIFICANT = 0.01;

    /** What the line may miss a mean by, as a share of the largest, before it matters to anybody. */
    private static final double NEGLIGIBLE = 0.02;

    /** One population. */
    public record Point(double threads, double bytes) {}

    /**
     * Fits a line.
     *
     * @throws IllegalArgumentException if there are fewer than three sizes: two always lie on a line
     */
    public static Slope of(List<Point> points) {
        Map<Double, List<Double>> bySize = new TreeMap<>();
        SimpleRegression line = new SimpleRegression();
        for (Point point : points) {
            line.addData(point.threads(), point.bytes());
            bySize.computeIfAbsent(point.threads(), size -> new ArrayList<>()).add(point.bytes());
        }
        if (bySize.size() < FEWEST_SIZES) {
            throw new IllegalArgumentException(
                    "a slope needs populations of at least three sizes, not " + bySize.size());
        }
        double half = line.getSlopeConfidenceInterval(CONFIDENCE);
        return new Slope(
                line.getSlope(),
                line.getSlope() - half,
                line.getSlope() + half,
                line.getIntercept(),
                line.getRSquare(),
                points.size(),
                isLinear(bySize, line));
    }

    /**
     * The mean of the slopes of several forks, each of which had populations of all sizes. Sizes of one fork are not
     * independent of each other, and forks are, so the interval is that of Student's distribution over the forks.
     *
     * @throws IllegalArgumentException if a fork has fewer than three sizes
     */
    static Slope ofForks(List<List<Point>> forks) {
        Slope all = of(forks.stream().flatMap(List::stream).toList());
        if (forks.size() < 2) {
            return all;
        }
        SummaryStatistics slopes = new SummaryStatistics();
        forks.forEach(fork -> slopes.addValue(of(fork).perThread));
        double half = new TDistribution(null, forks.size() - 1.0).inverseCumulativeProbability(1 - CONFIDENCE / 2)
                * slopes.getStandardDeviation()
                / Math.sqrt(forks.size());
        return new Slope(
                slopes.getMean(),
                slopes.getMean() - half,
                slopes.getMean() + half,
                all.intercept,
                all.rSquared,
                all.populations,
                all.linear);
    }

    /** Bytes a thread with half of their interval, and a * where no straight line describes the populations. */
    public String text() {
        return String.format(Locale.ROOT, "%,.0f ± %,.0f%s", perThread, high - perThread, linear ? "" : " *");
    }

    /**
     * Lack-of-fit test: is the line farther from the mean of each size than the scatter within the sizes explains?
     * Where each size was measured once, only how far it is counts. (Montgomery, Peck, Vining: Introduction to Linear
     * Regression Analysis, section 4.5.)
     */
    private static boolean isLinear(Map<Double, List<Double>> bySize, SimpleRegression line) {
        double scatter = 0;
        double lack = 0;
        double farthest = 0;
        double largest = 0;
        int count = 0;
        for (Map.Entry<Double, List<Double>> size : bySize.entrySet()) {
            double mean = size.getValue().stream()
                    .mapToDouble(bytes -> bytes)
                    .average()
                    .orElseThrow();
            double off = mean - line.predict(size.getKey());
            lack += size.getValue().size() * off * off;
            farthest = Math.max(farthest, Math.abs(off));
            largest = Math.max(largest, Math.abs(mean));
            for (double bytes : size.getValue()) {
                scatter += (bytes - mean) * (bytes - mean);
                count++;
            }
        }
        if (farthest <= NEGLIGIBLE * largest) {
            return true;
        }
        int sizes = bySize.size();
        if (count == sizes || scatter == 0) {
            return false;
        }
        double f = (lack / (sizes - 2)) / (scatter / (count - sizes));
        return 1 - new FDistribution(null, sizes - 2, count - sizes).cumulativeProbability(f) > SIGNIFICANT;
    }
}
