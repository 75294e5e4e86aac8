package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.results.JmhResult;

/**
 * One metric of one result.
 *
 * @param file where it stands, as the user named it
 * @param metric {@value #PRIMARY}, or the name of a secondary metric
 * @param values what is compared: a value a fork, or an iteration; only finite ones
 */
record Measure(String file, JmhResult result, String metric, String unit, List<Double> values) {

    static final String PRIMARY = "primary";

    /** What counts as one value. */
    enum Of {
        /** The mean of a fork: forks are independent of each other. */
        FORKS,
        /** An iteration: there are more of them, and those of one fork depend on each other. */
        ITERATIONS
    }

    /** All metrics of a result, the primary one first. */
    static List<Measure> of(String file, JmhResult result, Of what) {
        List<Measure> measures = new ArrayList<>();
        measures.add(of(file, result, PRIMARY, result.primary(), what));
        result.secondary().forEach((name, metric) -> measures.add(of(file, result, name, metric, what)));
        return measures;
    }

    private static Measure of(String file, JmhResult result, String name, JmhResult.Metric metric, Of what) {
        List<Double> values = what == Of.FORKS
                ? metric.forkMeans()
                : metric.forks().stream().flatMap(List::stream).toList();
        return new Measure(
                file,
                result,
                name,
                metric.unit(),
                values.stream().filter(Double::isFinite).toList());
    }
}
