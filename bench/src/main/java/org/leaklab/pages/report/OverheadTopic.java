package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.overhead.Slowdown;

/** What an attached detector costs. */
final class OverheadTopic {

    private static final List<String> DETECTORS = List.of(Slowdown.NONE, "count", "reachability");

    private final Jdks jdks;
    private final List<Slowdown> all;

    private OverheadTopic(Jdks jdks, List<Slowdown> all) {
        this.jdks = jdks;
        this.all = all;
    }

    static Optional<Section> section(Results results) {
        List<Slowdown> all = Slowdown.of(results.all().toList());
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new OverheadTopic(
                                results.jdks(), all.stream().sorted(ORDER).toList())
                        .section());
    }

    private static final Comparator<Slowdown> ORDER = Comparator.comparing(Slowdown::operation)
            .thenComparing(Slowdown::threads)
            .thenComparing(slowdown -> !slowdown.tracked())
            .thenComparing(Slowdown::stuck, Measurements.BY_SIZE)
            .thenComparing(Slowdown::jdk)
            .thenComparingInt(OverheadTopic::colour);

    private Section section() {
        return new Section(
                "overhead",
                "What an attached detector costs",
                List.of(
                        "How many times longer an operation takes with the detector than without it, slices of both in turn "
                                + "in one process, with JMH's 99.9 % interval; open circles are forks. The detector none shows what "
                                + "noise alone does. An upright line in a row is the bar that count and reachability are held "
                                + "against: reached when the whole interval is below it, open when the bar is inside."),
                findings(),
                List.of(new Section.Figure("Slowdown by operation", chart(), table())));
    }

    private static int colour(Slowdown slowdown) {
        int known = DETECTORS.indexOf(slowdown.detector());
        return known < 0 ? DETECTORS.size() + Math.floorMod(slowdown.detector().hashCode(), 3) : known;
    }

    private String row(Slowdown slowdown) {
        return slowdown.operation() + " · " + slowdown.threads()
                + (slowdown.stuck().equals("0") || slowdown.stuck().equals("-")
                        ? ""
                        : " · " + slowdown.stuck() + " stuck")
                + (slowdown.tracked() ? "" : " · untracked")
                + " · JDK " + jdks.label(slowdown.jdk());
    }

    private Chart chart() {
        return Chart.Dots.of(
                "time with the detector / time without it",
                false,
                1.0,
                all.stream()
                        .map(slowdown -> new Chart.Dots.Mark(
                                row(slowdown),
                                slowdown.detector(),
                                colour(slowdown),
                                slowdown.slowdown(),
                                slowdown.slowdown() - slowdown.error(),
                                slowdown.slowdown() + slowdown.error(),
                                slowdown.forks(),
                                slowdown.bar(),
                                slowdown.text()))
                        .toList());
    }

    private DataTable table() {
        return new DataTable(
                "Times as long with the detector as without it, ± half of the 99.9 % interval",
                List.of(
                        DataTable.Column.text("Operation"),
                        DataTable.Column.text("Threads"),
                        DataTable.Column.number("Stuck"),
                        DataTable.Column.text("Tracked"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.text("Detector"),
                        DataTable.Column.number("Without, ns"),
                        DataTable.Column.number("Slowdown"),
                        DataTable.Column.number("Bar"),
                        DataTable.Column.text("Bar is")),
                all.stream().map(this::cells).toList());
    }

    private List<DataTable.Cell> cells(Slowdown slowdown) {
        Double bar = slowdown.bar();
        Slowdown.Verdict verdict = slowdown.verdict();
        return List.of(
                DataTable.Cell.of(slowdown.operation()),
                DataTable.Cell.of(slowdown.threads()),
                DataTable.Cell.of(slowdown.stuck()),
                DataTable.Cell.of(slowdown.tracked() ? "yes" : "no"),
                DataTable.Cell.of(jdks.label(slowdown.jdk())),
                DataTable.Cell.of(slowdown.detector()),
                DataTable.Cell.number(slowdown.without()),
                DataTable.Cell.number(slowdown.slowdown(), slowdown.text()),
                bar == null ? DataTable.Cell.NONE : DataTable.Cell.number(bar),
                verdict == null ? DataTable.Cell.NONE : DataTable.Cell.of(verdict, tone(verdict)));
    }

    private static String tone(Slowdown.Verdict verdict) {
        return switch (verdict) {
            case REACHED -> "good";
            case MISSED -> "bad";
            case OPEN -> "open";
        };
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (String detector : DETECTORS) {
            Map<String, String> tally = new LinkedHashMap<>();
            List<Slowdown> barred = all.stream()
                    .filter(slowdown -> slowdown.detector().equals(detector) && slowdown.verdict() != null)
                    .toList();
            for (String label : jdks.labels()) {
                List<Slowdown> those = barred.stream()
                        .filter(slowdown -> jdks.label(slowdown.jdk()).equals(label))
                        .toList();
                if (!those.isEmpty()) {
                    tally.put(label, tally(those));
                }
            }
            @Nullable
            Slowdown worst = barred.stream()
                    .max(Comparator.comparingDouble(Slowdown::slowdown))
                    .orElse(null);
            if (worst != null) {
                findings.add("Attached, the detector " + detector + " reaches its bars for cost in "
                        + Jdks.say(tally)
                        + ". At worst, in " + row(worst).replace(" · ", ", ") + ", an operation takes " + worst.text()
                        + " times as long.");
            }
        }
        return findings;
    }

    private static String tally(List<Slowdown> those) {
        long open = count(those, Slowdown.Verdict.OPEN);
        long missed = count(those, Slowdown.Verdict.MISSED);
        return count(those, Slowdown.Verdict.REACHED) + " of " + those.size() + " cells"
                + (open > 0 ? " (" + open + " open)" : "") + (missed > 0 ? " (" + missed + " missed)" : "");
    }

    private static long count(List<Slowdown> those, Slowdown.Verdict verdict) {
        return those.stream().filter(slowdown -> slowdown.verdict() == verdict).count();
    }
}
