package org.leaklab.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.leaklab.bench.collector.CollectorImpact;
import org.leaklab.bench.core.RendezvousOneToOne;
import org.leaklab.bench.detection.DetectionPass;
import org.leaklab.bench.detection.ReachabilityProbe;
import org.leaklab.bench.latency.LatencyImpact;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.overhead.DetectorOverhead;
import org.leaklab.bench.scenario.ScenarioThroughput;
import org.leaklab.bench.scheduling.SchedulingImpact;
import org.leaklab.results.JmhResult;

/**
 * The answer that the preset {@code quick} ends with: about a dozen lines, each with a figure and its unit, and where
 * there is one the figure to hold it against. All of them are read from results; where the preset no longer measures
 * what a line needs, a test fails.
 */
final class QuickAnswer {

    /** The scenario that stands for all. */
    private static final String SCENARIO = "first-result-wins";

    private static final String VIRTUAL = "virtual";
    private static final String NONE = "none";
    private static final double MICROS_PER_MILLI = 1000;

    /** What is said of each group, in the order of the lines. */
    private final Map<String, Consumer<List<JmhResult>>> groups = new LinkedHashMap<>();

    private final List<String> lines = new ArrayList<>();

    private QuickAnswer() {
        groups.put("memory", this::memory);
        groups.put("scenario", this::scenario);
        groups.put("latency", this::latency);
        groups.put("overhead", this::overhead);
        groups.put("collector", this::collector);
        groups.put("scheduling", this::scheduling);
        groups.put("detection", this::detection);
        groups.put("core", this::core);
    }

    /**
     * The lines.
     *
     * @param results what was measured, by group
     * @param missing why a group was not measured, by group
     */
    static List<String> lines(Map<String, List<JmhResult>> results, Map<String, String> missing) {
        QuickAnswer answer = new QuickAnswer();
        answer.groups.forEach((group, say) -> {
            if (missing.containsKey(group)) {
                answer.lines.add(group + " was not measured: " + missing.get(group));
            } else {
                say.accept(results.getOrDefault(group, List.of()));
            }
        });
        return List.copyOf(answer.lines);
    }

    /** Which memory a thread takes most of depends on its kind: the stack of a virtual one is in the heap. */
    private void memory(List<JmhResult> results) {
        for (MemorySeries series : MemorySeries.of(results)) {
            String kind = series.params().getOrDefault("threads", "?");
            String on = " of a stuck " + kind + " thread (" + series.params().getOrDefault("on", "?") + ")";
            if (kind.equals(VIRTUAL)) {
                say("heap" + on, series.slope("heap").perThread(), "B");
            } else {
                double reserved = series.slope("native.thread.reserved").perThread();
                double taken = series.slope(series.mainMetric()).perThread();
                say("memory" + on, taken, "B (reserved: " + number(reserved) + ")");
            }
        }
    }

    private void scenario(List<JmhResult> results) {
        Map<String, String> virtual = Map.of("scenario", SCENARIO, "threads", VIRTUAL);
        List<JmhResult> lives = those(results, ScenarioThroughput.class, virtual);
        say(
                SCENARIO + ", leaky",
                score(lives, "variant", "leaky"),
                "lives/s",
                "fixed",
                score(lives, "variant", "fixed"));
    }

    private void latency(List<JmhResult> results) {
        List<JmhResult> requests = those(results, LatencyImpact.class, Map.of());
        requests.stream()
                .findFirst()
                .ifPresent(any -> say(
                        "requests, " + any.params().getOrDefault("percent", "?") + " % of them leak a thread",
                        millis(requests, "leaky"),
                        "ms p99",
                        "fixed",
                        millis(requests, "fixed")));
    }

    private static Optional<Double> millis(List<JmhResult> requests, String form) {
        return secondary(requests, "form", form, "p99").map(micros -> micros / MICROS_PER_MILLI);
    }

    private void overhead(List<JmhResult> results) {
        List<JmhResult> pairs = those(results, DetectorOverhead.class, Map.of());
        for (JmhResult pair : pairs) {
            String detector = pair.params().getOrDefault("detector", "?");
            if (!detector.equals(NONE)) {
                say(
                        pair.params().getOrDefault("operation", "?") + " with the detector " + detector,
                        secondary(pairs, "detector", detector, "added"),
                        "ns more",
                        NONE,
                        secondary(pairs, "detector", NONE, "added"));
            }
        }
    }

    private void collector(List<JmhResult> results) {
        beside(
                "full collection",
                those(results, CollectorImpact.G1.class, Map.of()).stream()
                        .filter(result -> result.benchmark().endsWith(".full"))
                        .toList(),
                "ms");
    }

    private void scheduling(List<JmhResult> results) {
        Map<String, String> params = Map.of("operation", "fork-join", "threads", VIRTUAL);
        beside("fork-join", those(results, SchedulingImpact.class, params), "ns");
    }

    private void beside(String what, List<JmhResult> results, String unit) {
        for (JmhResult result : results) {
            String beside = result.params().getOrDefault("beside", NONE);
            if (!beside.equals(NONE)) {
                say(
                        what + " beside " + stuck(beside.replaceFirst("-.*", "")),
                        Optional.of(result.primary().score()),
                        unit,
                        NONE,
                        score(results, "beside", NONE));
            }
        }
    }

    private void detection(List<JmhResult> results) {
        Stream.of(DetectionPass.class, ReachabilityProbe.class)
                .flatMap(benchmark -> those(results, benchmark, Map.of()).stream())
                .forEach(look -> say(
                        look.params().getOrDefault("detector", "reachability") + " looks at "
                                + stuck(look.params().getOrDefault("stuck", "?")),
                        look.primary().score() / MICROS_PER_MILLI,
                        "ms"));
    }

    private void core(List<JmhResult> results) {
        List<JmhResult> values = those(results, RendezvousOneToOne.class, Map.of("threads", VIRTUAL)).stream()
                .filter(result -> !"1".equals(result.params().get("carriers")))
                .toList();
        say(
                "a value from thread to thread",
                score(values, "implementation", "leaklab"),
                "ns",
                "jox",
                score(values, "implementation", "jox"));
    }

    /** Results of a benchmark, or of those nested in it, with some values of its parameters. */
    private static List<JmhResult> those(List<JmhResult> results, Class<?> benchmark, Map<String, String> params) {
        return results.stream()
                .filter(result -> result.benchmark().startsWith(benchmark.getCanonicalName() + "."))
                .filter(result -> result.params().entrySet().containsAll(params.entrySet()))
                .toList();
    }

    private static Optional<Double> score(List<JmhResult> results, String param, String value) {
        return results.stream()
                .filter(result -> value.equals(result.params().get(param)))
                .findFirst()
                .map(result -> result.primary().score());
    }

    private static Optional<Double> secondary(List<JmhResult> results, String param, String value, String metric) {
        return results.stream()
                .filter(result -> value.equals(result.params().get(param)))
                .flatMap(result -> Optional.ofNullable(result.secondary().get(metric)).stream())
                .findFirst()
                .map(JmhResult.Metric::score);
    }

    private static String stuck(String count) {
        return (count.matches("\\d{1,9}") ? number(Integer.parseInt(count)) : count) + " stuck threads";
    }

    /** Says a figure, if it was measured, and beside it the one to hold it against. */
    private void say(String what, Optional<Double> figure, String unit, String base, Optional<Double> other) {
        String against =
                other.map(value -> " (" + base + ": " + number(value) + ")").orElse("");
        figure.ifPresent(value -> say(what, value, unit + against));
    }

    private void say(String what, double figure, String unit) {
        lines.add(String.format(Locale.ROOT, "%-43s %9s %s", what, number(figure), unit));
    }

    /** Three digits, or all that stand before the point. */
    private static String number(double figure) {
        double size = Math.abs(figure);
        String format = size >= 100 || figure == Math.rint(figure) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, figure);
    }
}
