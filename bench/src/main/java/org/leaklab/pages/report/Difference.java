package org.leaklab.pages.report;

import java.util.Locale;
import org.leaklab.compare.MannWhitney;
import org.leaklab.compare.Sample;
import org.leaklab.results.JmhResult;

/**
 * How two metrics differ, by the means of their forks, as {@code compare} judges it.
 *
 * @param ratio of the medians, the second by the first
 * @param interval of the ratio, 95 %
 * @param p how likely such a difference is where there is none
 */
record Difference(double ratio, Sample.Interval interval, double p, int before, int after) {

    /** With fewer forks on a side not even full separation is significant. */
    static final int FEWEST = 4;

    private static final double ALPHA = 0.05;

    static Difference of(JmhResult.Metric before, JmhResult.Metric after) {
        Sample base = sample(before);
        Sample now = sample(after);
        return new Difference(
                now.median() / base.median(),
                now.ratioTo(base),
                MannWhitney.p(base.values(), now.values()),
                base.size(),
                now.size());
    }

    private static Sample sample(JmhResult.Metric metric) {
        return new Sample(metric.forkMeans().stream()
                .mapToDouble(value -> value)
                .filter(Double::isFinite)
                .toArray());
    }

    /** Whether there are enough forks to say anything. */
    boolean canTell() {
        return Math.min(before, after) >= FEWEST;
    }

    /** Whether it is more than chance. */
    boolean isSignificant() {
        return canTell() && p < ALPHA;
    }

    /** The numbers behind it: the interval where there is a difference, p, and how many forks. */
    String why() {
        String forks = before == after ? "n=" + before : "n=" + before + "+" + after;
        String ends = isSignificant() && Double.isFinite(interval.low())
                ? Numbers.times(interval.low()) + " to " + Numbers.times(interval.high()) + " times, "
                : "";
        return ends + String.format(Locale.ROOT, "p=%.3f %s", p, forks);
    }
}
