package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.leaklab.bench.scenario.TimedLives;
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
        Measurements looks = new Measurements(results.jdks(), "Looks at", "Threads");
        for (JmhResult result : all) {
            if (result.benchmark().contains(".StuckLook.")) {
                looks.add(
                        result,
                        result.primary(),
                        result.params().getOrDefault("variant", "-"),
                        result.params().getOrDefault("threads", "-"));
                continue;
            }
            String[] names = result.benchmark().split("\\.", -1);
            String what = result.params()
                    .getOrDefault(
                            "scenario",
                            result.params().getOrDefault("pattern", words(names[Math.max(0, names.length - 2)])));
            if (TimedLives.names().contains(what)) {
                continue;
            }
            rows.add(
                    result,
                    result.primary(),
                    what,
                    result.params().getOrDefault("variant", "pattern"),
                    result.params().getOrDefault("threads", "-"));
        }
        List<Section.Figure> figures = new ArrayList<>();
        if (!rows.isEmpty()) {
            figures.add(rows.figure("Throughput", "operations a second", true, "Operations a second, more is better"));
        }
        if (!looks.isEmpty()) {
            figures.add(looks.figure("One look", "ns a look", true, "ns a look whether a thread is stuck"));
        }
        return Optional.of(new Section(
                "scenario",
                "Scenarios and patterns",
                List.of(
                        "Whole lives of scenarios a second, leaky with their threads freed and fixed, and items a second through "
                                + "patterns. The forms do different things, so the one is no yardstick for the other. Much of a "
                                + "short life is the lab itself, which empty-life shows: a thread that does nothing. A leaky "
                                + "life contains a look whether its threads are stuck. Scenarios that wait for a limit, a "
                                + "period or a pause have no row: their lives a second are a constant of the lab."),
                List.of(),
                figures));
    }

    /** {@code PinnedCarrierThroughput} as scenarios are called. */
    private static String words(String type) {
        return type.replaceFirst("Throughput$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
