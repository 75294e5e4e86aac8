package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.leaklab.results.DetectorVerdict;

/** Which detector catches which leak. */
final class DetectorTopic {

    private static final String CANNOT_SEE = "cannot see";
    private static final String CAUGHT = "caught";

    /** Some of the threads of a leak, as in {@code caught 1 of 2}. */
    private static final String CAUGHT_PARTLY = "caught ";

    /** Where the lab could not tell which threads were stuck. */
    private static final String CANNOT_TELL = "?";

    /**
     * How often one detector was right on one JDK.
     *
     * @param caught all of the threads
     * @param partly some of them
     */
    private record Score(
            String detector, String jdk, int leaks, int caught, int partly, int missed, int unseen, int falseAlarms) {
        static Score of(String detector, String jdk, List<DetectorVerdict> verdicts) {
            int leaks = 0;
            int caught = 0;
            int partly = 0;
            int missed = 0;
            int unseen = 0;
            int falseAlarms = 0;
            for (DetectorVerdict verdict : verdicts) {
                if (verdict.detector().equals(detector) && !verdict.verdict().equals(CANNOT_TELL)) {
                    leaks += verdict.stuck() > 0 ? 1 : 0;
                    caught += verdict.verdict().equals(CAUGHT) ? 1 : 0;
                    partly += verdict.verdict().startsWith(CAUGHT_PARTLY) ? 1 : 0;
                    missed += verdict.verdict().equals("missed") ? 1 : 0;
                    unseen += verdict.stuck() > 0 && verdict.verdict().equals(CANNOT_SEE) ? 1 : 0;
                    falseAlarms += verdict.verdict().equals("false alarm") ? 1 : 0;
                }
            }
            return new Score(detector, jdk, leaks, caught, partly, missed, unseen, falseAlarms);
        }
    }

    private DetectorTopic() {}

    static Optional<Section> section(Results results) {
        if (results.detectors().isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        Map<String, List<DetectorVerdict>> byJdk = new LinkedHashMap<>();
        results.detectors()
                .forEach(each -> byJdk.computeIfAbsent(jdks.label(each.jdk()), none -> new ArrayList<>())
                        .addAll(each.verdicts()));
        List<String> detectors = byJdk.values().stream()
                .flatMap(List::stream)
                .map(DetectorVerdict::detector)
                .distinct()
                .toList();
        List<Score> scores = new ArrayList<>();
        for (String detector : detectors) {
            byJdk.forEach((jdk, verdicts) -> scores.add(Score.of(detector, jdk, verdicts)));
        }
        return Optional.of(new Section(
                "detectors",
                "Who catches what",
                List.of("Every scenario runs leaky and fixed on both kinds of thread, and every detector looks. Count, "
                        + "profile and verify say that threads are there, which a busy service has too; deadlock and "
                        + "reachability say that nobody can ever wake them. A leak is caught if all of its stuck threads are "
                        + "reported, and in part if some are."),
                findings(detectors, scores),
                List.of(
                        new Section.Figure("Leaks caught", chart(scores), totals(scores)),
                        new Section.Figure("Every leak", null, matrix(byJdk, detectors)))));
    }

    private static Chart chart(List<Score> scores) {
        List<String> rows = scores.stream()
                .map(score -> score.detector + " · JDK " + score.jdk)
                .toList();
        return new Chart.Stacks(
                "leaks",
                rows,
                List.of(
                        new Chart.Stacks.Stack(
                                CAUGHT,
                                "good",
                                scores.stream().map(Score::caught).toList()),
                        new Chart.Stacks.Stack(
                                "caught in part",
                                "open",
                                scores.stream().map(Score::partly).toList()),
                        new Chart.Stacks.Stack(
                                "missed",
                                "bad",
                                scores.stream().map(Score::missed).toList()),
                        new Chart.Stacks.Stack(
                                "says that it cannot see",
                                "faint",
                                scores.stream().map(Score::unseen).toList())));
    }

    private static DataTable totals(List<Score> scores) {
        return new DataTable(
                "Leaks by what a detector made of them; false alarms are reports of fixed scenarios",
                List.of(
                        DataTable.Column.text("Detector"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.number("Leaks"),
                        DataTable.Column.number("Caught"),
                        DataTable.Column.number("In part"),
                        DataTable.Column.number("Missed"),
                        DataTable.Column.number("Cannot see"),
                        DataTable.Column.number("False alarms")),
                scores.stream()
                        .map(score -> List.of(
                                DataTable.Cell.of(score.detector),
                                DataTable.Cell.of(score.jdk),
                                DataTable.Cell.of(score.leaks),
                                DataTable.Cell.of(score.caught),
                                DataTable.Cell.of(score.partly),
                                DataTable.Cell.of(score.missed),
                                DataTable.Cell.of(score.unseen),
                                DataTable.Cell.of(score.falseAlarms, score.falseAlarms > 0 ? "bad" : "")))
                        .toList());
    }

    private static DataTable matrix(Map<String, List<DetectorVerdict>> byJdk, List<String> detectors) {
        // row by row, what each detector made of it on each JDK
        Map<List<String>, Map<String, Map<String, String>>> matrix = new LinkedHashMap<>();
        byJdk.forEach((jdk, verdicts) -> verdicts.stream()
                .filter(verdict -> verdict.stuck() > 0 || verdict.verdict().equals("false alarm"))
                .forEach(verdict -> matrix.computeIfAbsent(
                                List.of(
                                        verdict.scenario() + (verdict.variant().equals("fixed") ? " (fixed)" : ""),
                                        verdict.threads()),
                                none -> new LinkedHashMap<>())
                        .computeIfAbsent(verdict.detector(), none -> new LinkedHashMap<>())
                        .put(jdk, verdict.verdict())));
        List<DataTable.Column> columns =
                new ArrayList<>(List.of(DataTable.Column.text("Scenario"), DataTable.Column.text("Threads")));
        detectors.forEach(detector -> columns.add(DataTable.Column.text(detector)));
        List<List<DataTable.Cell>> rows = new ArrayList<>();
        matrix.forEach((row, saidBy) -> {
            List<DataTable.Cell> cells = new ArrayList<>();
            row.forEach(name -> cells.add(DataTable.Cell.of(name)));
            detectors.forEach(detector -> cells.add(cell(saidBy.getOrDefault(detector, Map.of()))));
            rows.add(cells);
        });
        return new DataTable("A word where all JDKs agree, and what each says where they do not", columns, rows);
    }

    private static DataTable.Cell cell(Map<String, String> byJdk) {
        List<String> words = byJdk.values().stream().distinct().toList();
        if (words.size() == 1) {
            return DataTable.Cell.of(words.getFirst(), tone(words.getFirst()));
        }
        return DataTable.Cell.of(
                byJdk.entrySet().stream()
                        .map(said -> said.getKey() + ": " + said.getValue())
                        .collect(Collectors.joining(", ")),
                words.isEmpty() ? "" : "open");
    }

    private static String tone(String verdict) {
        return switch (verdict) {
            case CAUGHT -> "good";
            case "missed", "false alarm" -> "bad";
            default -> verdict.startsWith(CAUGHT_PARTLY) ? "open" : "";
        };
    }

    private static List<String> findings(List<String> detectors, List<Score> scores) {
        List<String> each = new ArrayList<>();
        for (String detector : detectors) {
            Map<String, String> said = new LinkedHashMap<>();
            scores.stream()
                    .filter(score -> score.detector.equals(detector))
                    .forEach(score -> said.put(score.jdk, score.caught + " of " + score.leaks));
            each.add(detector + " "
                    + (said.values().stream().distinct().count() == 1
                            ? said.values().iterator().next()
                            : Jdks.say(said)));
        }
        int falseAlarms = scores.stream().mapToInt(Score::falseAlarms).sum();
        return List.of("Leaks caught, with all of their threads: " + String.join("; ", each) + ". "
                + (falseAlarms == 0
                        ? "No detector gave a false alarm."
                        : Numbers.count(falseAlarms, "false alarm") + " besides."));
    }
}
