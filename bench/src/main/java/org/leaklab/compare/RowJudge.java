package org.leaklab.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a comparison of measures. Nothing is left out without a note. */
final class RowJudge {

    /** Below so many values on a side even full separation has a p-value above 5 %. */
    private static final int FEWEST = 4;

    /** So many rows are named in a note; of the others it says how many there are. */
    private static final int NAMED = 3;

    private final double alpha;
    private final boolean holm;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, Set<String>> tooFew = new LinkedHashMap<>();

    RowJudge(double alpha, boolean holm) {
        this.alpha = alpha;
        this.holm = holm;
    }

    private record Key(Map<String, String> row, String metric, String unit) {
        String label() {
            return row.values().stream().collect(Collectors.joining(" "))
                    + (metric.equals(Measure.PRIMARY) ? "" : ", " + metric);
        }
    }

    /** A row before it is judged: what each column measured. */
    private record Cells(Key key, List<@Nullable List<Measure>> columns) {}

    Comparison compare(List<Measure> measures, Projection rows, Projection columns) {
        List<String> labels = measures.stream()
                .map(measure -> label(columns, measure))
                .distinct()
                .toList();
        List<Cells> all = cells(measures, rows, columns, labels);
        noteUnits(all, labels);
        List<PValues> p = new ArrayList<>();
        for (int column = 0; column < labels.size(); column++) {
            p.add(pValues(all, column));
        }
        List<Comparison.Row> judged = new ArrayList<>();
        for (int row = 0; row < all.size(); row++) {
            judged.add(judge(all.get(row), labels, p, row));
        }
        if (holm) {
            noteWhereNothingCanBeSignificant(all, labels, p);
        }
        tooFew.forEach((counts, names) -> notes.add(counts + " values are too few, " + FEWEST
                + " on each side are the fewest that can differ significantly: " + some(names)));
        return new Comparison(judged, List.copyOf(missing), Geomeans.of(judged, labels.size()), notes);
    }

    /** The first names, and how many more there are: a comparison of hundreds of rows is to be read all the same. */
    private static String some(Set<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining("; "));
        return names.size() <= NAMED ? first : first + "; and " + (names.size() - NAMED) + " more";
    }

    private static String label(Projection columns, Measure measure) {
        return String.join(" ", columns.of(measure).values());
    }

    private static List<Cells> cells(List<Measure> measures, Projection rows, Projection columns, List<String> labels) {
        Map<Key, List<@Nullable List<Measure>>> cells = new LinkedHashMap<>();
        for (Measure measure : measures) {
            Key key = new Key(rows.of(measure), measure.metric(), measure.unit());
            List<@Nullable List<Measure>> row = cells.computeIfAbsent(key, added -> {
                List<@Nullable List<Measure>> empty = new ArrayList<>();
                labels.forEach(label -> empty.add(null));
                return empty;
            });
            int column = labels.indexOf(label(columns, measure));
            List<Measure> there = Objects.requireNonNullElseGet(row.get(column), ArrayList::new);
            there.add(measure);
            row.set(column, there);
        }
        return cells.entrySet().stream()
                .map(cell -> new Cells(cell.getKey(), cell.getValue()))
                .toList();
    }

    private void noteUnits(List<Cells> all, List<String> labels) {
        Map<String, Set<String>> units = new LinkedHashMap<>();
        Map<String, Set<Integer>> there = new LinkedHashMap<>();
        for (Cells cells : all) {
            String label = cells.key.label();
            units.computeIfAbsent(label, none -> new LinkedHashSet<>()).add(cells.key.unit);
            for (int column = 0; column < labels.size(); column++) {
                if (cells.columns.get(column) != null) {
                    there.computeIfAbsent(label, none -> new LinkedHashSet<>()).add(column);
                }
            }
        }
        units.forEach((label, names) -> {
            if (names.size() > 1) {
                notes.add(label + ": not compared, for the units differ: " + String.join(", ", names));
            }
        });
        there.forEach((label, columns) -> {
            for (int column = 0; column < labels.size(); column++) {
                if (!columns.contains(column)) {
                    missing.add(label + " is not in " + labels.get(column));
                }
            }
        });
    }

    private static double @Nullable [] values(Cells cells, int column) {
        List<Measure> measures = cells.columns.get(column);
        return measures == null
                ? null
                : measures.stream()
                        .map(Measure::values)
                        .flatMap(Collection::stream)
                        .mapToDouble(value -> value)
                        .toArray();
    }

    /** Those of a column against the first, by row, as they are and after Holm. */
    private record PValues(double[] plain, double[] corrected) {}

    private static PValues pValues(List<Cells> all, int column) {
        double[] p = new double[all.size()];
        for (int row = 0; row < p.length; row++) {
            double[] base = values(all.get(row), 0);
            double[] now = values(all.get(row), column);
            p[row] = column == 0 || base == null || now == null ? Double.NaN : MannWhitney.p(base, now);
        }
        return new PValues(p, Holm.correct(p));
    }

    /** With few forks and many rows, Holm's correction leaves nothing; a reader should know that it is not the data. */
    private void noteWhereNothingCanBeSignificant(List<Cells> all, List<String> labels, List<PValues> p) {
        for (int column = 1; column < labels.size(); column++) {
            int asked = 0;
            double least = 1;
            for (int row = 0; row < all.size(); row++) {
                if (!Double.isNaN(p.get(column).plain[row])) {
                    asked++;
                    int base = Objects.requireNonNull(values(all.get(row), 0)).length;
                    int now = Objects.requireNonNull(values(all.get(row), column)).length;
                    least = Math.min(least, MannWhitney.least(base, now));
                }
            }
            if (asked > 1 && least < alpha && asked * least >= alpha) {
                notes.add(String.format(
                        Locale.ROOT,
                        "nothing in %s can be significant: with so few values p is %.2g at least, and over %d rows "
                                + "Holm's correction asks for less than %.5f; --uncorrected judges each row by itself, "
                                + "--filter takes fewer rows",
                        labels.get(column),
                        least,
                        asked,
                        alpha / asked));
            }
        }
    }

    private Comparison.Row judge(Cells cells, List<String> labels, List<PValues> p, int row) {
        List<Comparison.@Nullable Column> columns = new ArrayList<>();
        double[] base = values(cells, 0);
        for (int column = 0; column < labels.size(); column++) {
            double[] values = values(cells, column);
            if (values == null) {
                columns.add(null);
                continue;
            }
            if (values.length == 0) {
                notes.add(cells.key.label() + " has no finite raw value in " + labels.get(column));
                columns.add(null);
                continue;
            }
            boolean compared = column > 0 && base != null && base.length > 0;
            if (compared && Math.min(values.length, base.length) < FEWEST) {
                tooFew.computeIfAbsent(base.length + " and " + values.length, none -> new LinkedHashSet<>())
                        .add(cells.key.label());
            }
            columns.add(column(
                    cells,
                    column,
                    new Sample(values),
                    compared ? new Sample(base) : null,
                    p.get(column).plain[row],
                    p.get(column).corrected[row]));
        }
        return new Comparison.Row(
                cells.key.row.getOrDefault(Projection.BENCHMARK, ""),
                Projection.params(cells.key.row),
                cells.key.row.getOrDefault(Projection.MODE, ""),
                cells.key.metric,
                cells.key.unit,
                columns);
    }

    private Comparison.Column column(
            Cells cells, int column, Sample sample, @Nullable Sample base, double p, double corrected) {
        JoinedNames names = JoinedNames.of(Objects.requireNonNull(cells.columns.get(column)));
        Sample.Interval ratio = base == null ? Sample.Interval.NONE : sample.ratioTo(base);
        return new Comparison.Column(
                names.files,
                names.jdks,
                sample.size(),
                sample.median(),
                orNull(sample.interval().low()),
                orNull(sample.interval().high()),
                base == null ? null : orNull(sample.median() / base.median() - 1),
                orNull(ratio.low()),
                orNull(ratio.high()),
                orNull(p),
                orNull(corrected),
                (holm ? corrected : p) < alpha);
    }

    private record JoinedNames(String files, String jdks) {
        static JoinedNames of(List<Measure> measures) {
            return new JoinedNames(
                    measures.stream().map(Measure::file).distinct().collect(Collectors.joining(", ")),
                    measures.stream()
                            .map(measure -> measure.result().jdk())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
