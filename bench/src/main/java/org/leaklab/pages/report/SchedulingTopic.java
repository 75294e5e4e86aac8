package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.leaklab.results.JmhResult;

/** What stuck threads do to the scheduling of the others. */
final class SchedulingTopic {

    private SchedulingTopic() {}

    static Optional<Section> section(Results results) {
        List<JmhResult> all = results.group("scheduling");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        Measurements rows = new Measurements(jdks, "Operation", "Threads", "Beside");
        all.forEach(result -> rows.add(
                result,
                result.primary(),
                param(result, "operation"),
                param(result, "threads"),
                param(result, "beside")));
        List<String> findings = new ArrayList<>();
        all.stream()
                .map(result -> List.of(param(result, "operation"), param(result, "threads")))
                .distinct()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .forEach(operation -> findings.addAll(new StuckThreadImpact(
                                jdks,
                                all.stream()
                                        .filter(result -> param(result, "operation")
                                                        .equals(operation.getFirst())
                                                && param(result, "threads").equals(operation.getLast()))
                                        .toList(),
                                JmhResult::primary)
                        .finding(operation.getFirst() + " of " + operation.getLast() + " threads takes")));
        return Optional.of(new Section(
                "scheduling",
                "Stuck threads and the others",
                List.of(
                        "An operation of the core beside none and beside many stuck threads. Read each row against beside none. "
                                + Difference.ABOUT),
                findings,
                List.of(rows.figure(
                        "Operations of the core", "ns an operation", true, "ns an operation, less is better"))));
    }

    private static String param(JmhResult result, String name) {
        return result.params().getOrDefault(name, "-");
    }
}
