package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.leaklab.bench.run.Environment;
import org.leaklab.results.Commit;
import org.leaklab.results.JmhResult;
import org.leaklab.soak.MillionReport;

/** Where the figures come from, and how to measure them again. */
final class Provenance {

    private static final double GIGABYTE = 1 << 30;

    private Provenance() {}

    /** @param absent what the input has nothing about, a sentence each */
    static Section section(Results results, List<String> absent) {
        List<String> about = new ArrayList<>();
        about.add(
                "Files with a record of their environment beside them were measured by bench, which wrote it; where there "
                        + "is none, the file itself says on which JDK and with which flags.");
        about.addAll(absent);
        about.addAll(otherCommits(results.environments()));
        List<Section.Figure> figures = new ArrayList<>();
        if (!results.environments().isEmpty()) {
            figures.add(new Section.Figure("Environments", null, environments(results)));
        }
        if (!results.jmh().isEmpty()) {
            figures.add(new Section.Figure("Files of JMH", null, files(results)));
        }
        if (!results.detectors().isEmpty() || !results.millions().isEmpty()) {
            figures.add(new Section.Figure("Other files", null, others(results)));
        }
        return new Section("provenance", "Provenance", about, List.of(), figures);
    }

    /** A sentence where not all was measured with one commit: which was not measured with that of most. */
    private static List<String> otherCommits(List<Environment> environments) {
        Commit most = Commit.ofMost(
                environments.stream().map(Environment::measuredWith).toList());
        List<String> others = environments.stream()
                .filter(there -> !there.measuredWith().equals(most))
                .map(there -> there.group() + " on JDK " + there.jdk() + " ("
                        + there.measuredWith().text() + ")")
                .toList();
        return others.isEmpty()
                ? List.of()
                : List.of("Not all was measured with the same source: most with commit " + most.text() + ", but "
                        + Numbers.list(others) + ". What changed in between may differ in the figures too.");
    }

    /** Records of older versions have its parts and not its mode, and the end of the run alone. */
    private static String collector(Environment there) {
        return there.collectorMode().equals("unknown") ? there.collectors() : there.collectorMode();
    }

    private static String time(Environment there) {
        return there.started().equals("unknown") ? there.ended() : there.started() + " to " + there.ended();
    }

    private static DataTable environments(Results results) {
        return new DataTable(
                "What was measured where, and the command that measures it again",
                List.of(
                        DataTable.Column.text("Group"),
                        DataTable.Column.text("JDK"),
                        DataTable.Column.text("Flags"),
                        DataTable.Column.text("Collector"),
                        DataTable.Column.text("Machine"),
                        DataTable.Column.text("Commit"),
                        DataTable.Column.text("Measured"),
                        DataTable.Column.number("Rows"),
                        DataTable.Column.text("Again by")),
                results.environments().stream()
                        .map(there -> List.of(
                                DataTable.Cell.of(there.group()),
                                DataTable.Cell.of(there.jdk() + ", " + there.vendor()),
                                DataTable.Cell.of(String.join(" ", there.flags())),
                                DataTable.Cell.of(collector(there)),
                                DataTable.Cell.of(machine(there)),
                                DataTable.Cell.of(there.measuredWith().text()),
                                DataTable.Cell.of(time(there)),
                                DataTable.Cell.of(there.rows()),
                                DataTable.Cell.of(again(there))))
                        .toList());
    }

    private static String machine(Environment there) {
        return there.cpu() + ", " + Numbers.count(there.processors(), "processor") + ", "
                + Numbers.digits(there.memoryBytes() / GIGABYTE) + " GB, " + there.os() + " " + there.kernel() + ", "
                + there.architecture();
    }

    private static String again(Environment there) {
        if (there.jvm().equals("Go")) {
            return "scripts/go " + there.group();
        }
        return "java -jar benchmarks.jar bench " + there.group() + " --preset " + there.preset()
                + (there.shard().equals("1/1") ? "" : " --shard " + there.shard());
    }

    private static DataTable files(Results results) {
        return new DataTable(
                "Every file, with the flags that all of its rows have",
                List.of(
                        DataTable.Column.text("File"),
                        DataTable.Column.text("JDK"),
                        DataTable.Column.number("Rows"),
                        DataTable.Column.text("Forks"),
                        DataTable.Column.text("Flags of the forks"),
                        DataTable.Column.text("Environment")),
                results.jmh().stream()
                        .map(file -> List.of(
                                DataTable.Cell.of(file.name()),
                                DataTable.Cell.of(distinct(file, JmhResult::jdk)),
                                DataTable.Cell.of(file.results().size()),
                                DataTable.Cell.of(distinct(
                                        file,
                                        result -> Integer.toString(
                                                result.primary().forks().size()))),
                                DataTable.Cell.of(String.join(" ", common(file.results()))),
                                DataTable.Cell.of(isRecorded(results, file) ? "recorded" : "not recorded")))
                        .toList());
    }

    private static boolean isRecorded(Results results, Results.JmhFile file) {
        return results.environments().stream()
                .anyMatch(there -> file.file().getFileName().toString().startsWith(there.group() + ".")
                        && file.results().stream()
                                .anyMatch(result -> there.jdk().startsWith(result.jdk())));
    }

    private static String distinct(Results.JmhFile file, java.util.function.Function<JmhResult, String> what) {
        return file.results().stream().map(what).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static Set<String> common(List<JmhResult> results) {
        Set<String> common = new LinkedHashSet<>();
        for (int i = 0; i < results.size(); i++) {
            if (i == 0) {
                common.addAll(results.get(i).jvmArgs());
            } else {
                common.retainAll(results.get(i).jvmArgs());
            }
        }
        return common;
    }

    private static DataTable others(Results results) {
        Map<String, List<DataTable.Cell>> rows = new LinkedHashMap<>();
        results.detectors()
                .forEach(file -> rows.put(
                        "detectors " + file.jdk(),
                        List.of(
                                DataTable.Cell.of("detectors"),
                                DataTable.Cell.of(file.jdk()),
                                DataTable.Cell.of(file.verdicts().size()),
                                DataTable.Cell.NONE,
                                DataTable.Cell.of("java -jar benchmarks.jar detectors --json"))));
        for (MillionReport file : results.millions()) {
            rows.put(
                    "million " + file.jdk(),
                    List.of(
                            DataTable.Cell.of("million"),
                            DataTable.Cell.of(file.jdk() + ", " + file.vendor()),
                            DataTable.Cell.of(file.runs().size()),
                            DataTable.Cell.of(Numbers.count(file.cores(), "core") + ", "
                                    + Numbers.digits(file.maxHeapBytes() / GIGABYTE) + " GB of heap, "
                                    + file.collectors() + ", " + file.date()),
                            DataTable.Cell.of("java -Xmx4g -jar benchmarks.jar million --output million.json")));
        }
        return new DataTable(
                "What is not JMH's",
                List.of(
                        DataTable.Column.text("What"),
                        DataTable.Column.text("JDK"),
                        DataTable.Column.number("Rows"),
                        DataTable.Column.text("Where and when"),
                        DataTable.Column.text("Again by")),
                List.copyOf(rows.values()));
    }
}
