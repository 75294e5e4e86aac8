package org.leaklab.pages.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.leaklab.results.JmhResult;

/** How fast scenarios and patterns run. */
final class ScenarioTopic {

    private ScenarioTopic() {}

    static Optional<Section> section(Results results) {
        List<JmhResult> all = results.group("scenario");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Measurements rows = new Measurements(results.jdks(), "What", "Form", "Threads");
        for (JmhResult result : all) {
            String[] names = result.benchmark().split("\\.", -1);
            String what = result.params()
                    .getOrDefault(
                            "scenario",
                            result.params().getOrDefault("pattern", words(names[Math.max(0, names.length - 2)])));
            rows.add(
                    result,
                    result.primary(),
                    what,
                    result.params().getOrDefault("variant", "pattern"),
                    result.params().getOrDefault("threads", "-"));
        }
        return Optional.of(new Section(
                "scenario",
                "Scenarios and patterns",
                List.of(
                        "Whole lives of scenarios a second, leaky with their threads freed and fixed, and items a second through "
                                + "patterns. The forms do different things, so the one is no yardstick for the other."),
                List.of(),
                List.of(rows.figure(
                        "Throughput", "operations a second", true, "Operations a second, more is better"))));
    }

    /** {@code PinnedCarrierThroughput} as scenarios are called. */
    private static String words(String type) {
        return type.replaceFirst("Throughput$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
