package org.leaklab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * A headline that a project declares, made of several values: how much a metric grows with a population, as bytes with
 * threads. It is the slope of a line by least squares, a value a fork, and what is shown is their mean.
 *
 * @param benchmark in whose names this is found
 * @param metric that grows
 * @param with what it grows: a parameter, the rows of whose values belong together, or a metric that each iteration has
 *     beside the other
 * @param over another parameter whose rows belong together, as where each population had a row of its own and its size
 *     is a metric; empty for none
 */
record DeclaredSlope(
        String group,
        String measure,
        Pattern benchmark,
        String metric,
        String with,
        String over,
        Headline.Better better,
        boolean mean)
        implements HeadlineMeasures {

    /** Two always lie on a line. */
    private static final int FEWEST_SIZES = 3;

    private record Point(double size, double value) {}

    private record Series(String benchmark, String mode, Map<String, String> params) {}

    /** More headlines beside the primary metrics. */
    @Override
    public boolean speaksFor(JmhResult result) {
        return false;
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        Map<Series, List<JmhResult>> series = new LinkedHashMap<>();
        for (JmhResult result : results) {
            if (benchmark.matcher(result.benchmark()).find() && metricOf(result, metric) != null) {
                Map<String, String> params = new LinkedHashMap<>(result.params());
                params.remove(with);
                params.remove(over);
                series.computeIfAbsent(new Series(result.benchmark(), result.mode(), params), none -> new ArrayList<>())
                        .add(result);
            }
        }
        List<Headline> headlines = new ArrayList<>();
        series.forEach((key, rows) -> {
            List<Double> slopes = slopes(rows);
            if (!slopes.isEmpty()) {
                headlines.add(headline(key, rows.getFirst(), slopes));
            }
        });
        return headlines;
    }

    static JmhResult.@Nullable Metric metricOf(JmhResult result, String metric) {
        return metric.equals("primary") ? result.primary() : result.secondary().get(metric);
    }

    private Headline headline(Series series, JmhResult first, List<Double> slopes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("benchmark", HeadlineFile.shortName(series.benchmark()));
        params.putAll(series.params());
        JmhResult.Metric there = metricOf(first, metric);
        String unit = there == null ? "?" : there.unit().replaceFirst("/op$", "") + "/" + with;
        double middle = slopes.stream().mapToDouble(slope -> slope).average().orElseThrow();
        return new Headline(group, measure, unit, better, mean, params, middle, slopes);
    }

    /** A value a fork; none where populations have fewer than three sizes. */
    private List<Double> slopes(List<JmhResult> rows) {
        List<List<Point>> forks = new ArrayList<>();
        for (JmhResult row : rows) {
            JmhResult.Metric values = metricOf(row, metric);
            if (values != null) {
                add(row, values, forks);
            }
        }
        List<Double> slopes = new ArrayList<>();
        for (List<Point> fork : forks) {
            TreeSet<Double> sizes = new TreeSet<>();
            SimpleRegression line = new SimpleRegression();
            fork.stream()
                    .filter(point -> Double.isFinite(point.size) && Double.isFinite(point.value))
                    .forEach(point -> {
                        sizes.add(point.size);
                        line.addData(point.size, point.value);
                    });
            if (sizes.size() >= FEWEST_SIZES) {
                slopes.add(line.getSlope());
            }
        }
        return slopes;
    }

    private void add(JmhResult row, JmhResult.Metric values, List<List<Point>> forks) {
        String param = row.params().get(with);
        JmhResult.Metric sizes = row.secondary().get(with);
        if (param != null) {
            double size = number(row, param);
            List<Double> means = values.forks().isEmpty() ? List.of(values.score()) : values.forkMeans();
            for (int fork = 0; fork < means.size(); fork++) {
                at(forks, fork).add(new Point(size, means.get(fork)));
            }
        } else if (sizes != null) {
            for (int fork = 0;
                    fork < Math.min(values.forks().size(), sizes.forks().size());
                    fork++) {
                List<Double> of = values.forks().get(fork);
                List<Double> with = sizes.forks().get(fork);
                for (int i = 0; i < Math.min(of.size(), with.size()); i++) {
                    at(forks, fork).add(new Point(with.get(i), of.get(i)));
                }
            }
        }
    }

    private static List<Point> at(List<List<Point>> forks, int fork) {
        while (forks.size() <= fork) {
            forks.add(new ArrayList<>());
        }
        return forks.get(fork);
    }

    private double number(JmhResult row, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the headline \"" + measure + "\" is a slope with " + with + ", and " + row.benchmark() + " has "
                            + with + "=" + value + ", which is no number",
                    e);
        }
    }
}
