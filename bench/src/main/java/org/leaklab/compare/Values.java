package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;

/**
 * What was measured of one thing on one side.
 *
 * @param value what is shown: the median of forks, or what a headline says
 * @param forks a value a fork; they are independent of each other
 * @param iterations a value an iteration; those of one fork depend on each other
 * @param error half of JMH's 99.9 % interval, for where the other side has no raw values; NaN where there is none
 */
public record Values(double value, Sample forks, Sample iterations, double error) {

    /** Of a metric of JMH. Without raw values it is JMH's own score. */
    public static Values of(JmhResult.Metric metric) {
        return all(List.of(metric));
    }

    /** Of metrics that are taken for one, their forks together. */
    static Values all(List<JmhResult.Metric> metrics) {
        List<Double> forks = new ArrayList<>();
        List<Double> iterations = new ArrayList<>();
        for (JmhResult.Metric metric : metrics) {
            forks.addAll(metric.forkMeans());
            metric.forks().forEach(iterations::addAll);
        }
        Sample independent = Sample.of(forks);
        return independent.size() == 0
                ? new Values(
                        metrics.getFirst().score(),
                        independent,
                        independent,
                        metrics.getFirst().error())
                : new Values(
                        independent.median(),
                        independent,
                        Sample.of(iterations),
                        metrics.size() == 1 ? metrics.getFirst().error() : Double.NaN);
    }

    /** Of a headline. */
    static Values of(Headline headline) {
        Sample forks = Sample.of(headline.forks());
        return new Values(headline.value(), forks, forks, Double.NaN);
    }

    /** In another unit, of which there are so many. */
    Values times(double factor) {
        return factor == 1
                ? this
                : new Values(value * factor, forks.times(factor), iterations.times(factor), error * factor);
    }

    /** The same with each iteration taken as a fork. */
    Values byIteration() {
        return iterations.size() == 0 ? this : new Values(iterations.median(), iterations, iterations, error);
    }

    /** Whether there is a number at all. */
    boolean isKnown() {
        return Double.isFinite(value);
    }

    boolean hasRaw() {
        return forks.size() > 0;
    }
}
