package org.leaklab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;

/** Values of a measurement, one a fork, and the headlines that are made of them. */
public final class Forks {

    private Forks() {}

    /**
     * What one metric is more than another, fork by fork. The forks of one pass go together: they ran one after the
     * other. Empty where one has more forks than the other.
     */
    public static List<Double> differences(JmhResult.Metric more, JmhResult.Metric less) {
        List<Double> one = more.forkMeans();
        List<Double> other = less.forkMeans();
        return one.size() == other.size()
                ? IntStream.range(0, one.size())
                        .mapToObj(i -> one.get(i) - other.get(i))
                        .toList()
                : List.of();
    }

    /** The values, times a factor. */
    public static List<Double> times(double factor, List<Double> forks) {
        return forks.stream().map(value -> factor * value).toList();
    }

    /** A headline whose value is the mean of its forks; those that are not finite are left out, none if none is. */
    public static Optional<Headline> headline(
            String group,
            String measure,
            String unit,
            Headline.Better better,
            boolean mean,
            Map<String, String> params,
            List<Double> forks) {
        List<Double> finite = new ArrayList<>(forks);
        finite.removeIf(value -> !Double.isFinite(value));
        return finite.isEmpty()
                ? Optional.empty()
                : Optional.of(new Headline(
                        group,
                        measure,
                        unit,
                        better,
                        mean,
                        params,
                        ForkInterval.of(finite).mean(),
                        finite));
    }
}
