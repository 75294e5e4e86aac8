package org.leaklab.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Results side by side: a row a benchmark with its parameters and one of its metrics, a column an input. The field
 * names are those of the JSON that {@code compare --format json} prints.
 *
 * @param rows in the order of the inputs
 * @param missing what is in some input and not in another, a sentence each
 * @param geomean over the rows of a unit that every column has
 * @param notes what could not be computed, and why, a sentence each
 */
public record Comparison(List<Row> rows, List<String> missing, List<Geomean> geomean, List<String> notes) {

    /** Keeps copies. */
    public Comparison {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
        geomean = List.copyOf(geomean);
        notes = List.copyOf(notes);
    }

    /** The same with its rows by name and parameters. */
    public Comparison sortedByName() {
        return sorted(Comparator.comparing(Row::benchmark)
                .thenComparing(row -> row.params().toString()));
    }

    /** The same with its rows by how much they changed, in either direction, the largest change first. */
    public Comparison sortedByChange() {
        return sorted(Comparator.comparingDouble(row -> -row.largestChange()));
    }

    private Comparison sorted(Comparator<Row> order) {
        return new Comparison(rows.stream().sorted(order).toList(), missing, geomean, notes);
    }

    /**
     * The primary metrics that got significantly worse, a sentence each.
     *
     * @param fraction by how much more than this, 0.05 for 5 %
     */
    public List<String> regressions(double fraction) {
        return rows.stream()
                .filter(row -> row.metric().equals(Compare.PRIMARY))
                .flatMap(row -> row.changed()
                        .filter(Column::significant)
                        .filter(column -> row.loss(column) > fraction)
                        .map(column -> row.benchmark() + " " + row.params() + " is worse in " + column.file() + ": "
                                + percent(Objects.requireNonNull(column.delta()))))
                .toList();
    }

    /**
     * One metric of one benchmark with its parameters.
     *
     * @param columns one for each input; null where the input has none
     */
    public record Row(
            String benchmark,
            Map<String, String> params,
            String mode,
            String metric,
            String unit,
            List<@Nullable Column> columns) {

        /** The columns that were compared with the first. */
        private Stream<Column> changed() {
            return columns.stream().filter(Objects::nonNull).filter(column -> column.delta() != null);
        }

        private double largestChange() {
            return changed()
                    .mapToDouble(column -> Math.abs(Objects.requireNonNull(column.delta())))
                    .max()
                    .orElse(-1);
        }

        /** By which fraction a column is worse than the first; negative where it is better. */
        private double loss(Column column) {
            double delta = Objects.requireNonNull(column.delta());
            return Compare.moreIsBetter(unit) ? -delta : delta;
        }
    }

    /**
     * What one input says of a row.
     *
     * @param n how many values
     * @param low lower end of the 95 % interval of the median; null when there are too few values for one
     * @param delta change of the median against the first column, as a fraction; null in the first column
     * @param ratioLow lower end of the 95 % interval of the ratio to the first column
     * @param pValue how likely such a difference is where there is none
     * @param pHolm the same, corrected for the number of rows
     * @param significant whether that is below the level asked for
     */
    public record Column(
            String file,
            String jdk,
            int n,
            double median,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double delta,
            @Nullable Double ratioLow,
            @Nullable Double ratioHigh,
            @Nullable Double pValue,
            @Nullable Double pHolm,
            boolean significant) {

        /**
         * The change against the first column as people read it, {@code +3.1 % (p=0.008 n=5)}, or {@code ~} in place of
         * the percentage where it is not significant; empty where nothing was compared.
         */
        public String change(@Nullable Column base) {
            if (base == null || pValue == null) {
                return "";
            }
            String counts = base.n == n ? "n=" + n : "n=" + base.n + "+" + n;
            String why = String.format(Locale.ROOT, "(p=%.3f %s)", pValue, counts);
            return significant && delta != null ? percent(delta) + " " + why : "~ " + why;
        }
    }

    /** A fraction with its sign: {@code -3.1 %}. */
    public static String percent(double fraction) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * fraction);
    }

    /**
     * Geometric means of medians, a column each, over so many rows.
     *
     * @param delta change against the first column, as a fraction; null in the first column
     */
    public record Geomean(String metric, String unit, int rows, List<Double> means, List<@Nullable Double> delta) {}
}
