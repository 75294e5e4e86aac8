package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.results.JmhResult;

/** One JDK against another, row by row, as {@code compare --col jdk} does it. */
final class ComparisonTopic {

    /** The metrics that a benchmark is about: the primary one of most, but of some that is only how long it ran. */
    private static final String METRICS = "^(?!org[.]leaklab[.]).* primary$"
            + "|^org[.]leaklab[.]bench[.](core|scenario|collector|scheduling)[.].* (primary|young)$"
            + "|[.]DetectionPass[.].* primary$|[.]DetectionDelay[.].* delay[.]p50$"
            + "|[.]bench[.]latency[.].* p(50|99[.]9)$|[.]bench[.]overhead[.].* slowdown$";

    /** Bytes a thread are compared by their regression, in the section on memory. */
    private static final Pattern BY_REGRESSION = Pattern.compile("^org[.]leaklab[.]bench[.]memory[.]");

    /** With so many forks on each side, and no fewer, a difference can reach the level that is asked for. */
    private static final int FEWEST = 5;

    private static final double ALPHA = 0.01;

    private final Jdks jdks;
    private final List<Comparison.Row> rows;
    private final List<String> columns;

    private ComparisonTopic(Jdks jdks, List<Comparison.Row> rows) {
        this.jdks = jdks;
        this.rows = rows;
        this.columns = IntStream.range(0, rows.getFirst().columns().size())
                .mapToObj(column -> rows.stream()
                        .map(row -> row.columns().get(column))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(cell -> jdks.label(cell.jdk()))
                        .orElse("?"))
                .toList();
    }

    static Optional<Section> section(Results results) {
        List<Compare.Input> inputs = results.jmh().stream()
                .map(file -> new Compare.Input(
                        file.name(),
                        file.results().stream().filter(ComparisonTopic::canTell).toList()))
                .filter(input -> !input.results().isEmpty())
                .toList();
        long versions = inputs.stream()
                .flatMap(input -> input.results().stream())
                .map(JmhResult::jdk)
                .distinct()
                .count();
        if (versions < 2) {
            return Optional.empty();
        }
        List<Comparison.Row> rows = new Compare(METRICS, null, "jdk", false, ALPHA, false)
                .inputs(inputs).rows().stream()
                        .filter(row ->
                                row.columns().stream().anyMatch(column -> column != null && column.pValue() != null))
                        .sorted(Comparator.comparing(Comparison.Row::benchmark)
                                .thenComparing(row -> row.params().toString())
                                .thenComparing(Comparison.Row::metric))
                        .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new ComparisonTopic(results.jdks(), rows).section());
    }

    /** A row of Go is never one of a JDK. */
    private static boolean canTell(JmhResult result) {
        return !result.jdk().startsWith("go")
                && result.primary().forks().size() >= FEWEST
                && !BY_REGRESSION.matcher(result.benchmark()).find();
    }

    private Section section() {
        return new Section(
                "jdks",
                "One JDK against another",
                List.of("Medians over forks, and their change against JDK " + columns.getFirst()
                        + " by the exact test of Mann and Whitney; ~ stands where p is not below " + ALPHA
                        + ". Each row is judged by itself: where nothing differs, one row in a hundred would look changed. "
                        + "Rows with fewer than " + FEWEST
                        + " forks on a side cannot show anything and are left out, as is "
                        + "memory, which has intervals of its own. The command compare says more of every row, and "
                        + "corrects for their number."),
                findings(),
                List.of(new Section.Figure("Changes against JDK " + columns.getFirst(), chart(), table())));
    }

    private static String name(Comparison.Row row) {
        String benchmark = row.benchmark().replaceFirst("^(?:[a-z_][\\w$]*\\.)+(?=[A-Z])", "");
        return benchmark
                + row.params().entrySet().stream()
                        .map(param -> " " + param.getKey() + "=" + param.getValue())
                        .collect(Collectors.joining())
                + (row.metric().equals(Compare.PRIMARY) ? "" : " " + row.metric());
    }

    /** Only what changed: the rest is a row of points at 1. */
    private @Nullable Chart chart() {
        List<Chart.Dots.Mark> marks = new ArrayList<>();
        for (Comparison.Row row : rows) {
            boolean changed = row.columns().stream().anyMatch(column -> column != null && column.significant());
            for (int i = 1; changed && i < columns.size(); i++) {
                Comparison.Column column = row.columns().get(i);
                if (column != null && column.delta() != null) {
                    marks.add(new Chart.Dots.Mark(
                            name(row),
                            "JDK " + columns.get(i),
                            jdks.labels().indexOf(columns.get(i)),
                            1 + column.delta(),
                            Objects.requireNonNullElse(column.ratioLow(), Double.NaN),
                            Objects.requireNonNullElse(column.ratioHigh(), Double.NaN),
                            List.of(),
                            null,
                            column.change(row.columns().getFirst()) + " of " + row.unit()));
                }
            }
        }
        return marks.isEmpty()
                ? null
                : Chart.Dots.of("ratio to JDK " + columns.getFirst() + ", rows with a change", true, 1.0, marks);
    }

    private DataTable table() {
        List<DataTable.Column> heads =
                new ArrayList<>(List.of(DataTable.Column.text("Benchmark"), DataTable.Column.text("Unit")));
        for (int i = 0; i < columns.size(); i++) {
            heads.add(DataTable.Column.number("JDK " + columns.get(i)));
            if (i > 0) {
                heads.add(DataTable.Column.number("Change"));
            }
        }
        return new DataTable(
                "Medians over forks, and changes against JDK " + columns.getFirst(),
                heads,
                rows.stream().map(this::cells).toList());
    }

    private List<DataTable.Cell> cells(Comparison.Row row) {
        List<DataTable.Cell> cells =
                new ArrayList<>(List.of(DataTable.Cell.of(name(row)), DataTable.Cell.of(row.unit())));
        Comparison.Column base = row.columns().getFirst();
        for (int i = 0; i < columns.size(); i++) {
            Comparison.Column column = row.columns().get(i);
            cells.add(column == null ? DataTable.Cell.NONE : DataTable.Cell.number(column.median()));
            if (i > 0) {
                cells.add(column == null ? DataTable.Cell.NONE : change(row, base, column));
            }
        }
        return cells;
    }

    private static DataTable.Cell change(
            Comparison.Row row, Comparison.@Nullable Column base, Comparison.Column column) {
        Double delta = column.delta();
        String tone = !column.significant() || delta == null ? "" : isBetter(row, delta) ? "good" : "bad";
        String value = delta == null ? "" : Double.toString(column.significant() ? delta : 0);
        return new DataTable.Cell(column.change(base), value, tone);
    }

    private static boolean isBetter(Comparison.Row row, double delta) {
        return Compare.moreIsBetter(row.unit()) == delta > 0;
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (int i = 1; i < columns.size(); i++) {
            int compared = 0;
            int better = 0;
            int worse = 0;
            String most = "";
            double farthest = 0;
            for (Comparison.Row row : rows) {
                Comparison.Column column = row.columns().get(i);
                Double delta = column == null ? null : column.delta();
                if (column == null || delta == null) {
                    continue;
                }
                compared++;
                if (column.significant()) {
                    better += isBetter(row, delta) ? 1 : 0;
                    worse += isBetter(row, delta) ? 0 : 1;
                    double far = Math.abs(Math.log(Math.max(1e-9, 1 + delta)));
                    if (far > farthest) {
                        farthest = far;
                        most = "; the farthest is " + name(row) + ", "
                                + column.change(row.columns().getFirst());
                    }
                }
            }
            if (compared > 0) {
                findings.add("Against JDK " + columns.getFirst() + ", of " + Numbers.count(compared, "row") + " JDK "
                        + columns.get(i) + " is significantly better in " + better + " and worse in " + worse + most
                        + ".");
            }
        }
        return findings;
    }
}
