package org.leaklab.pages.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.leaklab.results.JmhResult;

/** Benchmarks that this page knows nothing of: those of other projects. */
final class OtherTopic {

    private static final int FASTEST = 6;
    private static final double LEVEL = 1.01;

    private static final Pattern SIZE = Pattern.compile("[-+]?[\\d_.,]+ ?([kmgKMG]?[bB]?|%)|true|false");

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
                fastest(results),
                figures));
    }

    /** What a page with nothing of this project is about: the package, or the class, that all benchmarks are in. */
    static String title(Results results) {
        return "Benchmarks of " + common(results);
    }

    /** The same in a sentence. */
    static String about(Results results) {
        long benchmarks = results.all().map(JmhResult::benchmark).distinct().count();
        return Numbers.count((int) benchmarks, "benchmark") + " of " + common(results);
    }

    private static String common(Results results) {
        List<String> all = results.all().map(JmhResult::benchmark).distinct().toList();
        String first = all.getFirst();
        int end = first.lastIndexOf('.');
        while (end > 0) {
            String start = first.substring(0, end + 1);
            if (all.stream().allMatch(name -> name.startsWith(start))) {
                return first.substring(0, end);
            }
            end = first.lastIndexOf('.', end - 1);
        }
        return "several projects";
    }

    /**
     * Of benchmarks of one class that measure the same, which is fastest on which JDK. Those with another size are no
     * rivals: a longer list takes longer.
     */
    private static List<String> fastest(Results results) {
        Map<String, List<JmhResult>> byClass = results.all()
                .filter(result -> !result.benchmark().startsWith(Results.OWN))
                .filter(result -> Double.isFinite(result.primary().score())
                        && result.primary().score() > 0)
                .collect(Collectors.groupingBy(OtherTopic::rivals, TreeMap::new, Collectors.toList()));
        return byClass.values().stream()
                .filter(of -> of.size() > 1)
                .map(of -> fastest(of, results.jdks()))
                .filter(finding -> !finding.isEmpty())
                .limit(FASTEST)
                .toList();
    }

    /**
     * What rivals have in common: class, mode, unit, JDK, threads, and all parameters that are numbers or yes and no.
     */
    private static String rivals(JmhResult result) {
        String sizes = result.params().entrySet().stream()
                .filter(param -> SIZE.matcher(param.getValue()).matches())
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(" "));
        return String.join(
                " ",
                result.benchmark().replaceFirst("\\.[^.]*$", ""),
                result.mode(),
                result.primary().unit(),
                result.jdk(),
                result.run().threads(),
                sizes);
    }

    /** Nothing where all are level. */
    private static String fastest(List<JmhResult> of, Jdks jdks) {
        Comparator<JmhResult> bySpeed =
                Comparator.comparingDouble(result -> result.primary().score());
        Comparator<JmhResult> order = of.getFirst().primary().unit().startsWith("ops/") ? bySpeed.reversed() : bySpeed;
        JmhResult first = of.stream().min(order).orElseThrow();
        JmhResult last = of.stream().max(order).orElseThrow();
        double times = Math.max(
                first.primary().score() / last.primary().score(),
                last.primary().score() / first.primary().score());
        return times < LEVEL
                ? ""
                : "On " + Jdks.named(jdks.label(first.jdk())) + " " + words(first) + " is fastest of " + of.size()
                        + ", and " + words(last) + " slowest, " + Numbers.times(times) + " times.";
    }

    private static String words(JmhResult result) {
        String params = params(result);
        return name(result) + (params.isEmpty() ? "" : " " + params) + " ("
                + Numbers.digits(result.primary().score()) + " "
                + result.primary().unit() + ")";
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
