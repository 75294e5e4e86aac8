package org.leaklab.pages.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.leaklab.results.JmhResult;

/** Benchmarks that this page knows nothing of: those of other projects. */
final class OtherTopic {

    private OtherTopic() {}

    static Optional<Section> section(Results results) {
        Map<String, Measurements> byUnit = new TreeMap<>();
        Jdks jdks = results.jdks();
        results.all()
                .filter(result -> !result.benchmark().startsWith(Results.OWN))
                .forEach(result -> byUnit.computeIfAbsent(
                                result.primary().unit(), unit -> new Measurements(jdks, "Benchmark", "Parameters"))
                        .add(result, result.primary(), name(result), params(result)));
        if (byUnit.isEmpty()) {
            return Optional.empty();
        }
        List<Section.Figure> figures = byUnit.entrySet().stream()
                .map(unit -> unit.getValue()
                        .figure("Scores in " + unit.getKey(), unit.getKey(), true, "Scores in " + unit.getKey()))
                .toList();
        return Optional.of(new Section(
                "other",
                "Other benchmarks",
                List.of("Scores as JMH gives them; open circles are forks."),
                List.of(),
                figures));
    }

    private static String name(JmhResult result) {
        return result.benchmark().replaceFirst("^(?:[a-z_][\\w$]*\\.)+(?=[A-Z])", "");
    }

    private static String params(JmhResult result) {
        return result.params().entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(" "));
    }
}
