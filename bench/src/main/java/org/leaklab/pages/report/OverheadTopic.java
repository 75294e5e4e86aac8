package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.ForkInterval;
import org.leaklab.bench.overhead.DetectorCost;

/** What an attached detector costs. */
final class OverheadTopic {

    private static final List<String> DETECTORS = List.of(DetectorCost.NONE, "count", "reachability");

    private static final List<DataTable.Column> KEYS = List.of(
            DataTable.Column.text("Operation"),
            DataTable.Column.text("Threads"),
            DataTable.Column.number("Stuck"),
            DataTable.Column.text("Tracked"),
            DataTable.Column.number("JDK"),
            DataTable.Column.text("Detector"));

    private final Jdks jdks;
    private final List<DetectorCost> all;

    private OverheadTopic(Jdks jdks, List<DetectorCost> all) {
        this.jdks = jdks;
        this.all = all;
    }

    static Optional<Section> section(Results results) {
        List<DetectorCost> all = DetectorCost.of(results.all().toList());
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new OverheadTopic(
                                results.jdks(), all.stream().sorted(ORDER).toList())
                        .section());
    }

    private static final Comparator<DetectorCost> ORDER = Comparator.comparing(DetectorCost::operation)
            .thenComparing(DetectorCost::threads)
            .thenComparing(cost -> !cost.tracked())
            .thenComparing(DetectorCost::stuck, Measurements.BY_SIZE)
            .thenComparing(DetectorCost::jdk)
            .thenComparingInt(OverheadTopic::colour);

    private Section section() {
        List<DetectorCost> apart =
                all.stream().filter(cost -> !cost.ratio().isEmpty()).toList();
        List<Section.Figure> figures = new ArrayList<>();
        figures.add(new Section.Figure("Nanoseconds added by operation", added(), table()));
        if (!apart.isEmpty()) {
            figures.add(new Section.Figure("Times as long by operation", times(apart), ratios(apart)));
        }
        return new Section(
                "overhead",
                "What an attached detector costs",
                List.of(
                        "What an operation takes longer with the detector than without it, slices of both in turn in one "
                                + "process, with the 95 % interval over forks; open circles are forks. The detector none shows "
                                + "what noise alone does. An upright line in a row is the bar that count and reachability are "
                                + "held against, of the operation without the harness: reached when the upper end of the "
                                + "interval is not above it, missed when the lower end is, open when the bar is inside.",
                        "Only fork-join has a bar: these detectors are told of starts and ends of threads, and nothing of "
                                + "them runs in an operation of threads that run already. Rows of such are controls, and "
                                + "count for no bar."),
                findings(),
                figures);
    }

    private static int colour(DetectorCost cost) {
        int known = DETECTORS.indexOf(cost.detector());
        return known < 0 ? DETECTORS.size() + Math.floorMod(cost.detector().hashCode(), 3) : known;
    }

    private String row(DetectorCost cost) {
        return cost.operation() + " · " + cost.threads()
                + (cost.stuck().equals("0") || cost.stuck().equals("-") ? "" : " · " + cost.stuck() + " stuck")
                + (cost.tracked() ? "" : " · untracked")
                + " · JDK " + jdks.label(cost.jdk());
    }

    private Chart added() {
        return chart("nanoseconds added to an operation", 0.0, all, DetectorCost::nanos, DetectorCost::added);
    }

    private Chart times(List<DetectorCost> apart) {
        return chart("time with the detector / time without it", 1.0, apart, DetectorCost::times, DetectorCost::ratio);
    }

    private Chart chart(
            String axis,
            double nothing,
            List<DetectorCost> costs,
            Function<DetectorCost, ForkInterval> interval,
            Function<DetectorCost, List<Double>> forks) {
        boolean ratio = nothing > 0;
        return Chart.Dots.of(
                axis,
                false,
                nothing,
                costs.stream()
                        .map(cost -> new Chart.Dots.Mark(
                                row(cost),
                                cost.detector(),
                                colour(cost),
                                interval.apply(cost).mean(),
                                interval.apply(cost).low(),
                                interval.apply(cost).high(),
                                forks.apply(cost),
                                ratio ? cost.bar() : null,
                                ratio ? cost.ratioText() : cost.addedText()))
                        .toList());
    }

    private DataTable table() {
        List<DataTable.Column> columns = new ArrayList<>(KEYS);
        columns.add(DataTable.Column.number("Added, ns"));
        return new DataTable(
                "Nanoseconds that the detector adds to an operation, ± half of the 95 % interval over forks",
                columns,
                all.stream()
                        .map(cost ->
                                cells(cost, DataTable.Cell.number(cost.nanos().mean(), cost.addedText())))
                        .toList());
    }

    private DataTable ratios(List<DetectorCost> apart) {
        List<DataTable.Column> columns = new ArrayList<>(KEYS);
        columns.add(DataTable.Column.number("Without, ns"));
        columns.add(DataTable.Column.number("Times"));
        columns.add(DataTable.Column.number("Bar"));
        columns.add(DataTable.Column.text("Bar is"));
        return new DataTable(
                "Times as long with the detector as without it, ± half of the 95 % interval over forks",
                columns, apart.stream().map(this::ratio).toList());
    }

    private List<DataTable.Cell> ratio(DetectorCost cost) {
        Double bar = cost.bar();
        DetectorCost.Verdict verdict = cost.verdict();
        return cells(
                cost,
                DataTable.Cell.number(cost.without()),
                DataTable.Cell.number(cost.times().mean(), cost.ratioText()),
                bar == null ? DataTable.Cell.NONE : DataTable.Cell.number(bar),
                DataTable.Cell.of(cost.verdictText(), verdict == null ? "" : tone(verdict)));
    }

    private List<DataTable.Cell> cells(DetectorCost cost, DataTable.Cell... more) {
        List<DataTable.Cell> cells = new ArrayList<>(List.of(
                DataTable.Cell.of(cost.operation()),
                DataTable.Cell.of(cost.threads()),
                DataTable.Cell.of(cost.stuck()),
                DataTable.Cell.of(cost.tracked() ? "yes" : "no"),
                DataTable.Cell.of(jdks.label(cost.jdk())),
                DataTable.Cell.of(cost.detector())));
        cells.addAll(List.of(more));
        return cells;
    }

    private static String tone(DetectorCost.Verdict verdict) {
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
            List<DetectorCost> barred = all.stream()
                    .filter(cost -> cost.detector().equals(detector) && cost.verdict() != null)
                    .toList();
            for (String label : jdks.labels()) {
                List<DetectorCost> those = barred.stream()
                        .filter(cost -> jdks.label(cost.jdk()).equals(label))
                        .toList();
                if (!those.isEmpty()) {
                    tally.put(label, tally(those));
                }
            }
            @Nullable
            DetectorCost worst = barred.stream()
                    .max(Comparator.comparingDouble(cost -> cost.times().mean()))
                    .orElse(null);
            if (worst != null) {
                findings.add("Attached, the detector " + detector + " reaches its bar for cost in "
                        + Jdks.say(tally)
                        + ". At worst, in " + row(worst).replace(" · ", ", ") + ", it adds " + worst.addedText()
                        + " to an operation, which takes " + worst.ratioText() + " times as long.");
            }
        }
        return findings;
    }

    private static String tally(List<DetectorCost> those) {
        long open = count(those, DetectorCost.Verdict.OPEN);
        long missed = count(those, DetectorCost.Verdict.MISSED);
        return count(those, DetectorCost.Verdict.REACHED) + " of " + Numbers.count(those.size(), "cell")
                + (open > 0 ? " (" + open + " open)" : "") + (missed > 0 ? " (" + missed + " missed)" : "");
    }

    private static long count(List<DetectorCost> those, DetectorCost.Verdict verdict) {
        return those.stream().filter(cost -> cost.verdict() == verdict).count();
    }
}
