package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.latency.Effect;
import org.leaklab.bench.latency.FailedRequests;
import org.leaklab.bench.latency.LatencyHeadlines;
import org.leaklab.results.JmhResult;
import org.leaklab.results.Latencies;

/** What a leak does to the latency of a service. */
final class LatencyTopic {

    private static final double MICROS_PER_MILLI = 1000;
    private static final String IMPACT = Results.OWN + "latency.LatencyImpact.";
    private static final String NOBODY = "none";
    private static final int STEPS = 2;

    private final Jdks jdks;
    private final List<JmhResult> all;

    private LatencyTopic(Jdks jdks, List<JmhResult> all) {
        this.jdks = jdks;
        this.all = all;
    }

    static Optional<Section> section(Results results) {
        List<Results.Log> logs = results.logs().stream()
                .filter(log -> log.recorded().name().startsWith("latency-"))
                .toList();
        List<JmhResult> all = results.group("latency");
        return all.isEmpty() && logs.isEmpty()
                ? Optional.empty()
                : Optional.of(new LatencyTopic(results.jdks(), all).section(logs));
    }

    private Section section(List<Results.Log> logs) {
        List<Section.Figure> figures = new ArrayList<>();
        curves(logs, "latency-pinned", false).ifPresent(figures::add);
        curves(logs, "latency-pinned", true).ifPresent(figures::add);
        if (all.stream().anyMatch(result -> percentile(result, 50) != null)) {
            figures.add(percentiles());
        }
        return new Section("latency", "Latency of a service that leaks", about(), findings(), figures);
    }

    private List<String> about() {
        List<String> about = new ArrayList<>(List.of(
                "An HTTP service forsakes a thread in some of its requests: it ends (fixed) or is stuck for ever "
                        + "(leaky). Requests come at a fixed rate whether or not earlier ones are answered, and time runs "
                        + "from when each was to be sent, so nothing is left out that a slow answer held up. Percentiles "
                        + "are those of the requests of all forks together, and only those with 100 requests behind them.",
                "A request that fails is recorded with the time until it was given up, which is no latency. So a "
                        + "percentile is shown only where at most 1 % of all requests failed, and at most a tenth of those "
                        + "beyond it. "
                        + Difference.ABOUT));
        for (JmhResult result : all) {
            FailedRequests failed = FailedRequests.of(result);
            if (!failed.isLatency(50)) {
                about.add("No percentile of " + service(result) + ", on " + Jdks.named(jdks.label(result.jdk())) + ": "
                        + Numbers.digits(failed.share()) + " % of all its requests failed.");
            }
        }
        return about;
    }

    /** All forks of what has the same name on the same JDK, merged. */
    private Optional<Section.Figure> curves(List<Results.Log> logs, String prefix, boolean with) {
        Map<String, Map<String, Histogram>> merged = new TreeMap<>();
        Map<String, Integer> forks = new TreeMap<>();
        logs.stream()
                .filter(log -> log.recorded().name().startsWith(prefix) == with)
                .forEach(log -> {
                    String label = jdks.label(log.jdk());
                    merged.computeIfAbsent(log.recorded().name(), none -> new LinkedHashMap<>())
                            .computeIfAbsent(label, none -> new Histogram(3))
                            .add(log.recorded().all());
                    forks.merge(log.recorded().name() + label, 1, Integer::sum);
                });
        List<Chart.Curves.Curve> curves = new ArrayList<>();
        List<List<DataTable.Cell>> rows = new ArrayList<>();
        merged.forEach((name, byJdk) -> byJdk.forEach((label, histogram) -> {
            boolean dashed = name.contains("-fixed-") || name.contains("-0-");
            String words = words(name);
            curves.add(new Chart.Curves.Curve(
                    words + ", JDK " + label, jdks.labels().indexOf(label), dashed, points(histogram)));
            rows.add(List.of(
                    DataTable.Cell.of(words),
                    DataTable.Cell.of(label),
                    millis(histogram, 50),
                    millis(histogram, 90),
                    millis(histogram, 99),
                    millis(histogram, 99.9),
                    DataTable.Cell.number((double) histogram.getTotalCount()),
                    DataTable.Cell.of(forks.getOrDefault(name + label, 1))));
        }));
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        DataTable table = new DataTable(
                "ms that so many percent of the requests of all forks took at most",
                List.of(
                        DataTable.Column.text("Service"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.number("50 %"),
                        DataTable.Column.number("90 %"),
                        DataTable.Column.number("99 %"),
                        DataTable.Column.number("99.9 %"),
                        DataTable.Column.number("Requests"),
                        DataTable.Column.number("Forks")),
                rows);
        return Optional.of(new Section.Figure(
                with ? "Stuck inside synchronized, two carriers" : "Leaky and fixed",
                new Chart.Curves("ms", curves),
                table));
    }

    private static String words(String name) {
        String[] words = name.split("-", 6);
        return words.length == 4 || words.length == 6
                ? words[1] + " in " + words[2] + " %, " + words[3]
                        + (words.length == 6 && !words[5].equals("none") ? ", beside " + words[5] : "")
                : name;
    }

    private static DataTable.Cell millis(Histogram histogram, double percent) {
        OptionalDouble micros = Latencies.percentile(histogram, percent);
        if (micros.isEmpty()) {
            return DataTable.Cell.NONE;
        }
        FailedRequests failed = FailedRequests.of(histogram);
        return failed.isLatency(percent)
                ? DataTable.Cell.number(micros.getAsDouble() / MICROS_PER_MILLI)
                : DataTable.Cell.number(Double.NaN, Numbers.digits(failed.share()) + " % failed");
    }

    /** Pairs of one by the share above, and ms; denser and denser to the end, which is the maximum. */
    private static List<List<Double>> points(Histogram histogram) {
        List<List<Double>> points = new ArrayList<>();
        double last = 0;
        for (HistogramIterationValue value : histogram.percentiles(STEPS)) {
            double above = 1 - value.getPercentileLevelIteratedTo() / 100;
            double x = Math.min(1 / Math.max(above, 1e-9), (double) histogram.getTotalCount());
            double y = value.getValueIteratedTo() / MICROS_PER_MILLI;
            if (x > last && y > 0) {
                points.add(List.of(rounded(x), rounded(y)));
                last = x;
            }
        }
        return points;
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
    }

    private Section.Figure percentiles() {
        Measurements rows = new Measurements(jdks, "Service", "Percentile");
        for (JmhResult result : all) {
            for (double percent : LatencyHeadlines.PERCENTS) {
                rows.add(result, percentile(result, percent), service(result), LatencyHeadlines.name(percent));
            }
        }
        return rows.figure(
                "Percentiles",
                "us",
                true,
                "us, of the requests of all forks; of older results, which have single forks only, percentiles of which a "
                        + "fork has 100 requests behind them, their mean");
    }

    /**
     * A percentile of all forks together, and of each. Of older results, or those of plain JMH, the mean of what forks
     * had, if each had enough requests. Null where so many failed that it is no latency.
     */
    static JmhResult.@Nullable Metric percentile(JmhResult result, double percent) {
        FailedRequests failed = FailedRequests.of(result);
        if (!failed.isLatency(percent)) {
            return null;
        }
        OptionalDouble micros = result.latencies().percentile(percent);
        if (micros.isPresent()) {
            List<List<Double>> forks = result.latencies().percentileOfForks(percent).stream()
                    .map(List::of)
                    .toList();
            return new JmhResult.Metric("us", micros.getAsDouble(), Double.NaN, forks);
        }
        boolean enough = failed.requests() * (100 - percent) / 100 >= 100;
        return result.latencies().isEmpty() && enough ? result.secondary().get(LatencyHeadlines.name(percent)) : null;
    }

    private static String service(JmhResult result) {
        boolean pinned = result.benchmark().startsWith(PinnedCarriers.BENCHMARK);
        String beside = result.params().getOrDefault("beside", NOBODY);
        return (pinned ? "pinned" : result.params().getOrDefault("form", "-")) + " in "
                + result.params().getOrDefault("percent", "-") + " %, "
                + result.params().getOrDefault("threads", "virtual")
                + (beside.equals(NOBODY) ? "" : ", beside " + beside);
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        new PinnedCarriers(jdks, all).finding().ifPresent(findings::add);
        all.stream()
                .filter(result -> result.benchmark().startsWith(IMPACT)
                        && "leaky".equals(result.params().get("form")))
                .map(result -> List.of(
                        result.params().getOrDefault("percent", "-"),
                        result.params().getOrDefault("threads", "-"),
                        result.params().getOrDefault("beside", NOBODY)))
                .distinct()
                .forEach(service -> impact(service.getFirst(), service.get(1), service.getLast(), findings));
        return findings;
    }

    /** Against nobody forsaken for ever, and nobody stuck before. */
    private void impact(String percent, String threads, String beside, List<String> findings) {
        double highest = 99;
        DifferenceByJdk changes = new DifferenceByJdk();
        Map<String, Double> smallest = new LinkedHashMap<>();
        for (String label : jdks.labels()) {
            JmhResult.Metric fixed = find(label, IMPACT, "fixed", percent, threads, NOBODY, highest);
            JmhResult.Metric leaky = find(label, IMPACT, "leaky", percent, threads, beside, highest);
            if (fixed != null && leaky != null) {
                changes.add(label, fixed, leaky, LatencyTopic::millis);
                Effect.of(fixed.forkMeans(), leaky.forkMeans())
                        .ifPresent(effect -> smallest.put(label, 100 * (effect.smallest() - 1)));
            }
        }
        if (!changes.isEmpty()) {
            findings.add("Where a service forsakes a thread in " + percent + " % of its requests"
                    + (beside.equals(NOBODY) ? "" : ", beside " + beside.replaceFirst("-", " stuck ") + " threads")
                    + ", its 99th percentile on " + threads + " threads is, against one that leaks nothing, "
                    + changes.say() + ". An effect from "
                    + Jdks.spread(smallest, value -> Numbers.digits(value) + " %") + " would have shown.");
        }
    }

    private JmhResult.@Nullable Metric find(
            String label,
            String benchmark,
            String form,
            String percent,
            String threads,
            String beside,
            double percentile) {
        return all.stream()
                .filter(result -> result.benchmark().startsWith(benchmark)
                        && jdks.label(result.jdk()).equals(label)
                        && form.equals(result.params().get("form"))
                        && percent.equals(result.params().get("percent"))
                        && threads.equals(result.params().get("threads"))
                        && beside.equals(result.params().getOrDefault("beside", NOBODY)))
                .findFirst()
                .map(result -> percentile(result, percentile))
                .orElse(null);
    }

    static String millis(double micros) {
        return Numbers.digits(micros / MICROS_PER_MILLI) + " ms";
    }
}
