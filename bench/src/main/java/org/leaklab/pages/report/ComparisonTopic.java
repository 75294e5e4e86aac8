package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.headline.Headlines;
import org.leaklab.compare.Change;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.Input;
import org.leaklab.compare.Judge;

/**
 * One JDK, or one result of a JDK, against another: the headline measures, as {@code compare --col jdk} judges them.
 */
final class ComparisonTopic {

    private static final double LEVEL = 1.005; // less is 1.00 in print

    private final Comparison comparison;
    private final List<Comparison.Row> rows;
    private final List<String> columns;

    private ComparisonTopic(Jdks jdks, Comparison comparison) {
        this.comparison = comparison;
        rows = comparison.rows().stream()
                .filter(row -> row.changes().findAny().isPresent())
                .toList();
        columns = comparison.columns().stream()
                .map(jdk -> Jdks.named(jdks.label(jdk)))
                .toList();
    }

    static Optional<Section> section(Results results) {
        List<Input> inputs = results.jmh().stream()
                .filter(file -> !file.results().isEmpty())
                .filter(file -> !file.results().getFirst().jdk().startsWith("go")) // a row of Go is none of a JDK
                .sorted(Comparator.comparingInt(
                        file -> results.jdks().colour(file.results().getFirst().jdk())))
                .map(file -> new Input(file.name(), file.results(), List.of()))
                .toList();
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        Comparison comparison =
                new Compare(Headlines.all(), null, null, "jdk", false, false, Judge.USUAL).inputs(inputs);
        ComparisonTopic topic = new ComparisonTopic(results.jdks(), comparison);
        return topic.columns.size() < 2 || topic.rows.isEmpty() ? Optional.empty() : Optional.of(topic.section());
    }

    private Section section() {
        List<Section.Figure> figures = new ArrayList<>();
        if (comparison.groups().stream().anyMatch(group -> group.mean() != null)) {
            figures.add(new Section.Figure("Normalised mean of each group", meanChart(), meanTable()));
        }
        figures.add(new Section.Figure("Changes against " + columns.getFirst(), chart(), table()));
        return new Section(
                "jdks",
                "Side by side",
                List.of("Each measure against " + columns.getFirst()
                        + ", as the command compare judges it. Significant: by the "
                        + "exact test of Mann and Whitney on forks, corrected so that of what is called significant at most "
                        + "5 % is false. Separated: too few forks for that, but the ranges do not overlap, a hint. "
                        + "2.00x is twice as fast."),
                findings(),
                figures);
    }

    /** A mark for the first column, and one for each mean against it. */
    private Chart meanChart() {
        List<Chart.Dots.Mark> marks = new ArrayList<>();
        Set<String> based = new LinkedHashSet<>();
        for (Comparison.Group group : comparison.groups()) {
            Double mean = group.mean();
            if (mean != null) {
                if (based.add(group.group())) {
                    marks.add(mark(group.group(), 0, 1, "the base"));
                }
                marks.add(mark(
                        group.group(),
                        comparison.columns().indexOf(group.column()),
                        mean,
                        Change.times(mean) + " over " + Numbers.count(group.measures(), "measure")));
            }
        }
        return Chart.Dots.of("times as good as " + columns.getFirst() + ", geometric mean", true, 1.0, marks);
    }

    private Chart.Dots.Mark mark(String group, int column, double mean, String text) {
        return new Chart.Dots.Mark(
                group, columns.get(column), column, mean, Double.NaN, Double.NaN, List.of(), null, text);
    }

    private DataTable meanTable() {
        List<DataTable.Column> heads = List.of(
                DataTable.Column.text("Group"),
                DataTable.Column.text("Side"),
                DataTable.Column.number("Mean"),
                DataTable.Column.number("Measures"),
                DataTable.Column.number("Better"),
                DataTable.Column.number("Worse"));
        return new DataTable(
                "Geometric means of how many times better than " + columns.getFirst() + ", and significant changes",
                heads,
                comparison.groups().stream().map(this::cells).toList());
    }

    private List<DataTable.Cell> cells(Comparison.Group group) {
        Double mean = group.mean();
        return List.of(
                DataTable.Cell.of(group.group()),
                DataTable.Cell.of(columns.get(comparison.columns().indexOf(group.column()))),
                mean == null ? DataTable.Cell.NONE : new DataTable.Cell(Change.times(mean), Double.toString(mean), ""),
                DataTable.Cell.of(group.measures()),
                DataTable.Cell.of(group.better()),
                DataTable.Cell.of(group.worse()));
    }

    /** Only what changed: the rest is a row of points at 1. */
    private @Nullable Chart chart() {
        List<Chart.Dots.Mark> marks = new ArrayList<>();
        for (Comparison.Row row : rows) {
            if (row.changes().anyMatch(change -> change.now().significant())) {
                row.changes()
                        .filter(change -> Double.isFinite(change.gain()))
                        .forEach(change -> marks.add(new Chart.Dots.Mark(
                                row.name(),
                                columns.get(change.at()),
                                change.at(),
                                change.gain(),
                                change.gainInterval().low(),
                                change.gainInterval().high(),
                                List.of(),
                                null,
                                words(change))));
            }
        }
        return marks.isEmpty()
                ? null
                : Chart.Dots.of("times as good as " + columns.getFirst() + ", rows with a change", true, 1.0, marks);
    }

    private DataTable table() {
        List<DataTable.Column> heads =
                new ArrayList<>(List.of(DataTable.Column.text("Measure"), DataTable.Column.text("Unit")));
        for (int i = 0; i < columns.size(); i++) {
            heads.add(DataTable.Column.number(columns.get(i)));
            if (i > 0) {
                heads.add(DataTable.Column.number("Change"));
            }
        }
        return new DataTable(
                "Values, and changes against " + columns.getFirst(),
                heads,
                rows.stream().map(this::cells).toList());
    }

    private List<DataTable.Cell> cells(Comparison.Row row) {
        List<DataTable.Cell> cells =
                new ArrayList<>(List.of(DataTable.Cell.of(row.name()), DataTable.Cell.of(row.unit())));
        List<Change> changes = row.changes().toList();
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            Comparison.Column column = row.columns().get(i);
            cells.add(column == null ? DataTable.Cell.NONE : DataTable.Cell.number(column.value()));
            if (i > 0) {
                cells.add(changes.stream()
                        .filter(change -> change.at() == at)
                        .findFirst()
                        .map(ComparisonTopic::change)
                        .orElse(DataTable.Cell.NONE));
            }
        }
        return cells;
    }

    private static DataTable.Cell change(Change change) {
        boolean significant = change.now().significant();
        String tone = !significant ? "" : change.isBetter() ? "good" : change.isWorse() ? "bad" : "";
        double gain = change.gain();
        return new DataTable.Cell(
                words(change), significant && Double.isFinite(gain) ? Double.toString(gain) : "1", tone);
    }

    private static String words(Change change) {
        String word = change.now().significant() ? "" : change.word() + ", ";
        return change.text() + " (" + word + change.why() + ")";
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        WorstChanges worst = new WorstChanges(columns, rows);
        boolean ofOneJdk = comparison.columns().stream().anyMatch(column -> column.contains(Sides.OPEN));
        if (ofOneJdk) { // before and after, or two VMs: who is ahead is what is asked
            findings.addAll(ahead());
            findings.addAll(worst.findings());
        } else {
            findings.addAll(worst.findings());
            findings.addAll(ahead());
        }
        for (int i = 1; i < columns.size(); i++) {
            int at = i;
            List<Change> changes = rows.stream()
                    .flatMap(Comparison.Row::changes)
                    .filter(change -> change.at() == at)
                    .toList();
            List<Change> seen = changes.stream()
                    .filter(change -> change.now().significant())
                    .toList();
            List<Change> hints = changes.stream()
                    .filter(change -> change.word() == Judge.Word.SEPARATED)
                    .toList();
            String most = (seen.isEmpty() ? hints : seen)
                    .stream()
                            .max(Comparator.comparingDouble(Change::size))
                            .map(change -> "; the farthest is " + change.row().name() + ", " + words(change))
                            .orElse("");
            long better = seen.stream().filter(Change::isBetter).count();
            long worse = seen.stream().filter(Change::isWorse).count();
            if (!changes.isEmpty()) {
                findings.add("Against " + columns.getFirst() + ", of " + Numbers.count(changes.size(), "measure") + " "
                        + columns.get(i) + " is significantly better in " + better + " and worse in "
                        + worse
                        + (hints.isEmpty() ? "" : ", and separated, which is a hint, in " + hints.size())
                        + most + ".");
            }
        }
        return findings;
    }

    /** Which side is ahead over all groups, by how much. */
    private List<String> ahead() {
        List<Comparison.Row> whole = rows.stream()
                .filter(row -> row.mean() && row.changes().count() == columns.size() - 1)
                .filter(row -> row.changes().allMatch(change -> Double.isFinite(change.gain())))
                .toList();
        if (whole.isEmpty()) {
            return List.of();
        }
        List<Double> means = new ArrayList<>(List.of(1.0));
        for (int i = 1; i < columns.size(); i++) {
            int at = i;
            means.add(Math.exp(whole.stream()
                    .mapToDouble(
                            row -> Math.log(row.changes().toList().get(at - 1).gain()))
                    .average()
                    .orElseThrow()));
        }
        int best = 0;
        int next = 1;
        for (int i = 1; i < means.size(); i++) {
            if (means.get(i) > means.get(best)) {
                next = best;
                best = i;
            } else if (i != next && means.get(i) > means.get(next)) {
                next = i;
            }
        }
        double by = means.get(best) / means.get(next);
        String over = " over " + Numbers.count(whole.size(), "measure")
                + (whole.size() > 1 ? " that all have, by the geometric mean" : "");
        boolean seen = whole.stream()
                .flatMap(Comparison.Row::changes)
                .anyMatch(change -> change.word() == Judge.Word.SIGNIFICANT || change.word() == Judge.Word.SEPARATED);
        if (!seen) {
            return List.of(
                    "No side is ahead: no difference was seen" + over.replace(", by the geometric mean", "") + ".");
        }
        if (by >= LEVEL) {
            return List.of(columns.get(best) + " is ahead: " + Numbers.times(by) + " times as good as "
                    + columns.get(next) + over + ".");
        }
        String against = best == 0 || next == 0
                ? ""
                : ", " + Numbers.times(means.get(best)) + " times as good as " + columns.getFirst();
        return List.of(columns.get(Math.min(best, next)) + " and " + columns.get(Math.max(best, next)) + " are level"
                + against + over + ".");
    }
}
