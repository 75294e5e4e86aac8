package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.leaklab.results.JmhResult;

/** How fast detectors are. */
final class DetectionTopic {

    private static final String PASS = Results.OWN + "detection.DetectionPass.";
    private static final String PROBE = Results.OWN + "detection.ReachabilityProbe.";
    private static final double MICROS_A_MILLI = 1000;

    private DetectionTopic() {}

    static Optional<Section> section(Results results) {
        List<JmhResult> all = results.group("detection");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        Measurements passes = new Measurements(jdks, "Detector", "Stuck");
        Measurements delays = new Measurements(jdks, "Detector", "Delay");
        for (JmhResult result : all) {
            if (isLook(result)) {
                passes.add(
                        result,
                        inMillis(result.primary()),
                        detector(result),
                        result.params().getOrDefault("stuck", "-"));
            } else {
                String who = detector(result) + ", every " + result.params().getOrDefault("period", "?") + " ms";
                for (String percentile : List.of("delay.p50", "delay.p99", "delay.max", "look.p50", "look.max")) {
                    delays.add(result, result.secondary().get(percentile), who, percentile);
                }
            }
        }
        List<Section.Figure> figures = new ArrayList<>();
        if (!passes.isEmpty()) {
            figures.add(passes.figure(
                    "One look", "ms a look", true, "ms for one look beside so many stuck virtual threads"));
        }
        if (!delays.isEmpty()) {
            figures.add(
                    delays.figure(
                            "From getting stuck to the report",
                            "us",
                            true,
                            "us from getting stuck to the report, the mean of what forks had. Of a delay most is the wait for the next look; look is the rest, from the beginning of the first look after the thread got stuck"));
        }
        return Optional.of(new Section(
                "detection",
                "How fast detectors are",
                List.of("How long a detector looks, and how long after a thread gets stuck it is reported."),
                findings(jdks, all),
                figures));
    }

    /** Of older results the probe was one of the looks. */
    private static boolean isLook(JmhResult result) {
        return result.benchmark().startsWith(PASS) || result.benchmark().startsWith(PROBE);
    }

    private static String detector(JmhResult result) {
        return result.params().getOrDefault("detector", result.benchmark().startsWith(PROBE) ? "reachability" : "-");
    }

    private static JmhResult.Metric inMillis(JmhResult.Metric metric) {
        if (!metric.unit().startsWith("us")) {
            return metric;
        }
        return new JmhResult.Metric(
                "ms/op",
                metric.score() / MICROS_A_MILLI,
                metric.error() / MICROS_A_MILLI,
                metric.forks().stream()
                        .map(fork -> fork.stream()
                                .map(value -> value / MICROS_A_MILLI)
                                .toList())
                        .toList());
    }

    /** The largest population that every finding can be about: what a look takes on each JDK. */
    private static List<String> findings(Jdks jdks, List<JmhResult> all) {
        List<JmhResult> looks = all.stream()
                .filter(result -> isLook(result) && stuck(result) > 0)
                .toList();
        int most = looks.stream().mapToInt(DetectionTopic::stuck).max().orElse(0);
        Map<String, Map<String, Double>> byDetector = new TreeMap<>();
        looks.stream()
                .filter(result -> stuck(result) == most)
                .sorted(Comparator.comparingInt(result -> jdks.colour(result.jdk())))
                .forEach(result -> byDetector
                        .computeIfAbsent(detector(result), none -> new LinkedHashMap<>())
                        .put(
                                jdks.label(result.jdk()),
                                inMillis(result.primary()).score()));
        List<String> each = new ArrayList<>();
        byDetector.forEach((detector, millis) ->
                each.add(detector + " " + Jdks.spread(millis, value -> Numbers.digits(value) + " ms")));
        return each.isEmpty()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "One look at %,d stuck virtual threads takes: %s.",
                        most,
                        String.join("; ", each)));
    }

    private static int stuck(JmhResult result) {
        String stuck = result.params().getOrDefault("stuck", "");
        return stuck.matches("\\d{1,9}") ? Integer.parseInt(stuck) : 0;
    }
}
