package org.leaklab.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results side by side: a row a measure, a column an input. The field names are those of the JSON that {@code compare
 * --format json} prints.
 *
 * @param columns their headings; the first is the base
 * @param about what each column is: JDK, VM, date
 * @param differences what else differs between columns and could explain a change, a sentence each
 * @param groups a line a group and column
 * @param rows in the order of the inputs, declared headlines first
 * @param notes what was put together or could not be computed, a sentence each
 * @param advice what would give an answer, a sentence each
 */
public record Comparison(
        List<String> columns,
        List<String> about,
        List<String> differences,
        List<Group> groups,
        List<Row> rows,
        List<String> notes,
        List<String> advice) {

    /** Keeps copies. */
    public Comparison {
        columns = List.copyOf(columns);
        about = List.copyOf(about);
        differences = List.copyOf(differences);
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
        advice = List.copyOf(advice);
    }

    /** The same with its rows in another order. */
    public Comparison sorted(Comparator<Row> order) {
        return new Comparison(
                columns, about, differences, groups, rows.stream().sorted(order).toList(), notes, advice);
    }

    /** All changes against the first column, row by row. */
    public Stream<Change> changes() {
        return rows.stream().flatMap(Row::changes);
    }

    /** The rows that some column has and another has not. */
    public Stream<Row> missing() {
        return rows.stream().filter(row -> row.columns.stream().anyMatch(Objects::isNull));
    }

    /**
     * One measure.
     *
     * @param name of the benchmark with as much of its package as is needed, its parameters, and how it was run where
     *     that differs
     * @param shortName the same without what all rows of the benchmark have in common, for narrow columns
     * @param benchmark full name; that of the group where a headline is made of several
     * @param metric {@code primary}, the name of a secondary metric, or of a declared headline
     * @param unit that all values are in
     * @param headline whether it is tested by default
     * @param moreIsBetter which direction is; null where that is not known
     * @param mean whether it counts in the mean of its group
     * @param columns one for each input; null where the input has none
     */
    public record Row(
            String group,
            String name,
            String shortName,
            String benchmark,
            Map<String, String> params,
            String mode,
            String metric,
            String unit,
            boolean headline,
            @Nullable Boolean moreIsBetter,
            boolean mean,
            List<@Nullable Column> columns) {

        /** What the others are compared with. */
        public @Nullable Column base() {
            return columns.getFirst();
        }

        /** Each column that could be held against the first. */
        public Stream<Change> changes() {
            Column base = base();
            return base == null
                    ? Stream.of()
                    : IntStream.range(1, columns.size())
                            .filter(i -> columns.get(i) != null)
                            .mapToObj(i -> new Change(this, base, Objects.requireNonNull(columns.get(i)), i));
        }

        /** By how much it changed most, in either direction; 0 for not at all. */
        public double largestChange() {
            return changes()
                    .mapToDouble(Change::size)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(-1);
        }

        boolean isSpeed() {
            return moreIsBetter != null && Unit.of(unit).isSpeed();
        }
    }

    /**
     * What one input says of a row.
     *
     * @param n how many forks
     * @param value median of the forks, JMH's score where there are no raw values, or what the headline says
     * @param low lower end of the 95 % interval of the median; null when there are too few forks for one
     * @param ratio to the first column; null in that, and where the first is zero. It is that of the values, unless
     *     that is outside of the interval: then it is the median of the ratios of forks
     * @param ratioLow lower end of the 95 % interval of the ratio
     * @param pValue how likely such a difference is where there is none; null where it was not tested
     * @param corrected the same, corrected for the number of rows
     * @param word what can be said; null in the first column
     * @param direction 1 where it is more than the first column, -1 where it is less, 0 where neither: by the ranks of
     *     the test, or by the values where it was not tested; 0 in the first column
     */
    public record Column(
            String column,
            String file,
            String jdk,
            int n,
            double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double ratio,
            @Nullable Double ratioLow,
            @Nullable Double ratioHigh,
            @Nullable Double pValue,
            @Nullable Double corrected,
            Judge.@Nullable Word word,
            int direction) {

        /** Whether it differs from the first column by the test. */
        public boolean significant() {
            return word == Judge.Word.SIGNIFICANT;
        }
    }

    /**
     * The measures of a group, counted for one column.
     *
     * @param hintsBetter separated ones, on which no test was possible
     * @param mean geometric mean of how many times better; above 1 is better. Null where nothing may be averaged
     */
    public record Group(
            String group,
            String column,
            int measures,
            int better,
            int worse,
            int hintsBetter,
            int hintsWorse,
            int notSeen,
            int notTested,
            @Nullable Double mean) {}
}
