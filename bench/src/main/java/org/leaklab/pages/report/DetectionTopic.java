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
            String detector = result.params().getOrDefault("detector", "-");
            if (result.benchmark().startsWith(PASS)) {
                passes.add(result, result.primary(), detector, result.params().getOrDefault("stuck", "-"));
            } else {
                for (String percentile : List.of("p50", "p99", "max")) {
                    delays.add(result, result.secondary().get("delay." + percentile), detector, percentile);
                }
            }
        }
        List<Section.Figure> figures = new ArrayList<>();
        if (!passes.isEmpty()) {
            figures.add(passes.figure(
                    "One look",
                    "ms a look",
                    true,
                    "ms for one look beside so many stuck virtual threads, all of them new to it"));
        }
        if (!delays.isEmpty()) {
            figures.add(
                    delays.figure(
                            "From getting stuck to the report",
                            "us",
                            true,
                            "us from getting stuck to the report, by a detector that looks every 500 ms unless told otherwise"));
        }
        return Optional.of(new Section(
                "detection",
                "How fast detectors are",
                List.of("How long a detector looks, and how long after a thread gets stuck it is reported."),
                findings(jdks, all),
                figures));
    }

    /** The largest population that every finding can be about: what a look takes on each JDK. */
    private static List<String> findings(Jdks jdks, List<JmhResult> all) {
        List<JmhResult> looks = all.stream()
                .filter(result -> result.benchmark().startsWith(PASS) && stuck(result) > 0)
                .toList();
        int most = looks.stream().mapToInt(DetectionTopic::stuck).max().orElse(0);
        Map<String, Map<String, Double>> byDetector = new TreeMap<>();
        looks.stream()
                .filter(result -> stuck(result) == most)
                .sorted(Comparator.comparingInt(result -> jdks.colour(result.jdk())))
                .forEach(result -> byDetector
                        .computeIfAbsent(result.params().getOrDefault("detector", "-"), none -> new LinkedHashMap<>())
                        .put(jdks.label(result.jdk()), result.primary().score()));
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
