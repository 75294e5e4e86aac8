package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Detector;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.scenario.Leak;

/**
 * What every detector made of a scenario's leaky form.
 *
 * @param rows one a detector; none when no results were given
 */
public record DetectorTable(List<Row> rows) {

    /**
     * One detector.
     *
     * @param about what it looks at
     * @param cells one a kind of thread: platform, then virtual
     */
    public record Row(String detector, String about, List<Cell> cells) {}

    /**
     * What it made of one kind of thread.
     *
     * @param verdict its verdict, with the JDKs where they differ
     * @param mark a class of the style sheet: good, open or bad; silent where there is nothing to catch
     * @param lines what it said on the newest JDK that was asked, classes without their packages, equal ones once
     */
    public record Cell(String verdict, String mark, List<String> lines) {}

    /** Copies the rows. */
    public DetectorTable {
        rows = List.copyOf(rows);
    }

    /** Looks it up. */
    static DetectorTable of(Leak leak, Evidence evidence) {
        List<String> jdks = evidence.detectedOn();
        List<Row> rows = new ArrayList<>();
        for (Detector detector : Detector.values()) {
            List<Cell> cells = new ArrayList<>();
            for (ThreadKind kind : ThreadKind.values()) {
                cells.add(cell(leak, kind.name().toLowerCase(Locale.ROOT), detector, jdks, evidence));
            }
            if (cells.stream().anyMatch(cell -> !cell.verdict().isEmpty())) {
                rows.add(new Row(detector.word(), about(detector), cells));
            }
        }
        return new DetectorTable(rows);
    }

    private static Cell cell(Leak leak, String kind, Detector detector, List<String> jdks, Evidence evidence) {
        Map<String, List<String>> byVerdict = new LinkedHashMap<>();
        List<String> lines = List.of();
        for (String jdk : jdks) {
            DetectorVerdict said = evidence.verdict(leak, kind, detector.word(), jdk);
            if (said != null) {
                byVerdict
                        .computeIfAbsent(said.verdict(), added -> new ArrayList<>())
                        .add(jdk);
                lines = shortened(Objects.requireNonNullElse(said.lines(), List.of()));
            }
        }
        if (byVerdict.size() <= 1) {
            String verdict = byVerdict.keySet().stream().findFirst().orElse("");
            return new Cell(verdict, mark(verdict), lines);
        }
        List<String> parts = new ArrayList<>();
        byVerdict.forEach((verdict, on) -> parts.add("JDK " + String.join(", ", on) + ": " + verdict));
        return new Cell(String.join("; ", parts), "open", lines);
    }

    /** Names of classes without their packages, which fill the page and say nothing. */
    private static List<String> shortened(List<String> lines) {
        Map<String, Integer> times = new LinkedHashMap<>();
        lines.forEach(line -> times.merge(line.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", ""), 1, Integer::sum));
        return times.entrySet().stream()
                .map(line -> line.getValue() == 1 ? line.getKey() : line.getKey() + " ×" + line.getValue())
                .toList();
    }

    private static String mark(String verdict) {
        return switch (verdict) {
            case "caught" -> "good";
            case "silent" -> "silent";
            case "missed", "false alarm" -> "bad";
            default -> "open";
        };
    }

    private static String about(Detector detector) {
        return switch (detector) {
            case COUNT -> "how many threads live that did not before";
            case PROFILE -> "what each thread that is left does, grouped by stack";
            case VERIFY -> "which threads a test would be blamed for";
            case DEADLOCK -> "who waits in a circle, for himself, or for somebody who has ended";
            case REACHABILITY -> "which virtual threads nothing alive can reach, proved by a garbage collection";
            case HEAP_DUMP -> "which threads of either kind nothing alive can wake, as a dump of the heap shows them";
            case JSTACK -> "the JDK's own: the deadlocks at the end of a thread print";
            case THREAD_MX_BEAN -> "the JDK's own: findDeadlockedThreads";
            case JSON_DUMP -> "the JDK's own: lists threads with their stacks, and judges none";
            case LIVE -> "which virtual threads nothing alive can reach, as detect --live sees from another process";
        };
    }
}
