package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.leaklab.results.JmhResult;

/** What stuck threads do to the collector. */
final class CollectorTopic {

    private CollectorTopic() {}

    static Optional<Section> section(Results results) {
        List<JmhResult> all = results.group("collector");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        Measurements full = new Measurements(jdks, "Collector", "Beside");
        Measurements young = new Measurements(jdks, "Collector", "Beside");
        Measurements allocate = new Measurements(jdks, "Collector", "Beside");
        for (JmhResult result : all) {
            String beside = result.params().getOrDefault("beside", "-");
            if (method(result).equals("full")) {
                full.add(result, result.primary(), collector(result), beside);
            } else {
                allocate.add(result, result.primary(), collector(result), beside);
                young.add(result, result.secondary().get("young"), collector(result), beside);
            }
        }
        List<Section.Figure> figures = new ArrayList<>();
        if (!full.isEmpty()) {
            figures.add(
                    full.figure("A full collection", "ms a collection", true, "ms, System.gc() beside stuck threads"));
        }
        if (!young.isEmpty()) {
            figures.add(young.figure(
                    "A young collection",
                    "ms a collection",
                    true,
                    "ms, the mean of young collections while a program allocates"));
        }
        if (!allocate.isEmpty()) {
            figures.add(allocate.figure(
                    "A program that allocates",
                    "operations a ms",
                    false,
                    "Allocations a ms beside stuck threads, more is better"));
        }
        return Optional.of(new Section(
                "collector",
                "Stuck threads and the collector",
                List.of(
                        "A stuck virtual thread is an object on the heap: each full collection visits it, its stack, and "
                                + "whatever that holds. Read each row against beside none; open circles are forks."),
                findings(jdks, all),
                figures));
    }

    private static List<String> findings(Jdks jdks, List<JmhResult> all) {
        List<String> findings = new ArrayList<>();
        all.stream().map(CollectorTopic::collector).distinct().sorted().forEach(collector -> {
            List<JmhResult> those = all.stream()
                    .filter(result -> collector(result).equals(collector))
                    .toList();
            findings.addAll(new StuckThreadImpact(jdks, with(those, "full"), JmhResult::primary)
                    .finding("a full collection of " + collector + " takes"));
            findings.addAll(new StuckThreadImpact(
                            jdks,
                            with(those, "allocate"),
                            result -> result.secondary().get("young"))
                    .finding("a young collection of " + collector + " takes"));
        });
        return findings;
    }

    private static List<JmhResult> with(List<JmhResult> all, String method) {
        return all.stream().filter(result -> method(result).equals(method)).toList();
    }

    private static String collector(JmhResult result) {
        String[] names = result.benchmark().split("\\.", -1);
        return names[Math.max(0, names.length - 2)];
    }

    private static String method(JmhResult result) {
        return result.benchmark().substring(result.benchmark().lastIndexOf('.') + 1);
    }
}
