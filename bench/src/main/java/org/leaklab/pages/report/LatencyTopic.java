package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;

/** What a leak does to the latency of a service. */
final class LatencyTopic {

    private static final double MICROS_PER_MILLI = 1000;
    private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9", "max");
    private static final String IMPACT = Results.OWN + "latency.LatencyImpact.";
    private static final String PINNED = Results.OWN + "latency.PinnedCarrierLatency.";
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
        if (!all.isEmpty()) {
            figures.add(percentiles());
        }
        return new Section(
                "latency",
                "Latency of a service that leaks",
                List.of(
                        "An HTTP service forsakes a thread in some of its requests: it ends (fixed) or is stuck for ever "
                                + "(leaky). Requests come at a fixed rate whether or not earlier ones are answered, and time runs "
                                + "from when each was to be sent, so nothing is left out that a slow answer held up."),
                findings(),
                figures);
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
                    millis(histogram.getValueAtPercentile(50)),
                    millis(histogram.getValueAtPercentile(90)),
                    millis(histogram.getValueAtPercentile(99)),
                    millis(histogram.getValueAtPercentile(99.9)),
                    millis(histogram.getMaxValue()),
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
                        DataTable.Column.number("Most"),
                        DataTable.Column.number("Requests"),
                        DataTable.Column.number("Forks")),
                rows);
        return Optional.of(new Section.Figure(
                with ? "Stuck inside synchronized, two carriers" : "Leaky and fixed",
                new Chart.Curves("ms", curves),
                table));
    }

    private static String words(String name) {
        String[] words = name.split("-", -1);
        return words.length == 4 ? words[1] + " in " + words[2] + " %, " + words[3] : name;
    }

    private static DataTable.Cell millis(long micros) {
        return DataTable.Cell.number(micros / MICROS_PER_MILLI);
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
            for (String percentile : PERCENTILES) {
                rows.add(result, result.secondary().get(percentile), service(result), percentile);
            }
        }
        return rows.figure("Percentiles, fork by fork", "us", true, "us, the mean over forks of each percentile");
    }

    private static String service(JmhResult result) {
        boolean pinned = result.benchmark().startsWith(PINNED);
        return (pinned ? "pinned" : result.params().getOrDefault("form", "-")) + " in "
                + result.params().getOrDefault("percent", "-") + " %, "
                + result.params().getOrDefault("threads", "virtual");
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        pinned(findings);
        all.stream()
                .filter(result -> result.benchmark().startsWith(IMPACT)
                        && "leaky".equals(result.params().get("form")))
                .map(result -> List.of(
                        result.params().getOrDefault("percent", "-"),
                        result.params().getOrDefault("threads", "-")))
                .distinct()
                .forEach(service -> impact(service.getFirst(), service.getLast(), findings));
        return findings;
    }

    private void impact(String percent, String threads, List<String> findings) {
        DifferenceByJdk changes = new DifferenceByJdk();
        for (String label : jdks.labels()) {
            JmhResult.Metric fixed =
                    find(label, IMPACT, Map.of("form", "fixed", "percent", percent, "threads", threads), "p99.9");
            JmhResult.Metric leaky =
                    find(label, IMPACT, Map.of("form", "leaky", "percent", percent, "threads", threads), "p99.9");
            if (fixed != null && leaky != null) {
                changes.add(label, fixed, leaky, LatencyTopic::millis);
            }
        }
        if (!changes.isEmpty()) {
            findings.add(
                    "Where a service forsakes a thread in " + percent + " % of its requests, its 99.9th percentile "
                            + "on " + threads + " threads is, leaky against fixed, " + changes.say() + ".");
        }
    }

    /** Where half of the requests take significantly longer than with nobody pinned, the service has come down. */
    private void pinned(List<String> findings) {
        DifferenceByJdk changes = new DifferenceByJdk();
        Map<String, String> failed = new LinkedHashMap<>();
        for (String label : jdks.labels()) {
            JmhResult.Metric none = find(label, PINNED, Map.of("percent", "0"), "p50");
            JmhResult.Metric some = find(label, PINNED, Map.of("percent", "1"), "p50");
            JmhResult.Metric failures = find(label, PINNED, Map.of("percent", "1"), "failures");
            if (none != null && some != null) {
                changes.add(label, none, some, LatencyTopic::millis);
            }
            if (failures != null) {
                failed.put(label, Numbers.digits(failures.score()));
            }
        }
        if (!changes.isEmpty()) {
            findings.add(
                    "Where 1 % of the requests get stuck inside synchronized and there are two carriers, the median "
                            + "latency is, against nobody stuck, " + changes.say() + "."
                            + (failed.isEmpty() ? "" : " Requests that fail: " + Jdks.say(failed) + "."));
        }
    }

    private static String millis(JmhResult.Metric micros) {
        return Numbers.digits(micros.score() / MICROS_PER_MILLI) + " ms";
    }

    private JmhResult.@Nullable Metric find(String label, String benchmark, Map<String, String> params, String metric) {
        return all.stream()
                .filter(result -> result.benchmark().startsWith(benchmark)
                        && jdks.label(result.jdk()).equals(label)
                        && result.params().entrySet().containsAll(params.entrySet()))
                .findFirst()
                .map(result -> result.secondary().get(metric))
                .orElse(null);
    }
}
