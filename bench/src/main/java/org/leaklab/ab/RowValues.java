package org.leaklab.ab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.run.Row;
import org.leaklab.compare.Figures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What pairs measured of one row: the scores of the forks that have it on both sides.
 *
 * @param unit JMH's, of the base
 * @param oneKind whether all values are in units that can be converted into this one
 * @param base a value a pair
 * @param now of the same pairs, in the same unit; NaN where it has none
 */
record RowValues(String unit, boolean oneKind, double[] base, double[] now) {

    static RowValues of(Row row, List<Pair> pairs) {
        String unit = null;
        boolean oneKind = true;
        List<double[]> both = new ArrayList<>();
        for (Pair pair : pairs) {
            JsonNode base = metric(row, pair.base());
            JsonNode now = metric(row, pair.now());
            if (base != null && now != null) {
                unit = unit == null ? unit(base) : unit;
                double ofBase = Figures.factor(unit(base), unit);
                double ofNow = Figures.factor(unit(now), unit);
                oneKind &= !Double.isNaN(ofBase + ofNow);
                both.add(new double[] {score(base) * ofBase, score(now) * ofNow});
            }
        }
        return new RowValues(
                unit == null ? "?" : unit,
                oneKind,
                both.stream().mapToDouble(pair -> pair[0]).toArray(),
                both.stream().mapToDouble(pair -> pair[1]).toArray());
    }

    private static @Nullable JsonNode metric(Row row, ArrayNode results) {
        for (JsonNode result : results) {
            if (Row.of(result).equals(row)) {
                return result.path("primaryMetric");
            }
        }
        return null;
    }

    private static String unit(JsonNode metric) {
        return metric.path("scoreUnit").asString("?");
    }

    /** JMH writes what is no number as a word. */
    private static double score(JsonNode metric) {
        return metric.path("score").isNumber() ? metric.path("score").asDouble() : Double.NaN;
    }

    boolean isAboveZero() {
        return isAboveZero(base) && isAboveZero(now);
    }

    private static boolean isAboveZero(double[] values) {
        return Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value));
    }

    /** Of the new to the base, a value a pair; none where a value is not above zero. */
    double[] logRatios() {
        double[] ratios = new double[isAboveZero() ? base.length : 0];
        Arrays.setAll(ratios, i -> Math.log(now[i] / base[i]));
        return ratios;
    }

    /** The geometric mean, so that the ratio of two of them is that of the pairs; the mean where it has none. */
    static double middle(double[] values) {
        return isAboveZero(values)
                ? Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN))
                : Arrays.stream(values).average().orElse(Double.NaN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowValues values
                && unit.equals(values.unit)
                && oneKind == values.oneKind
                && Arrays.equals(base, values.base)
                && Arrays.equals(now, values.now);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(base) + 31 * Arrays.hashCode(now);
    }

    @Override
    public String toString() {
        return Arrays.toString(base) + " " + Arrays.toString(now) + " " + unit;
    }
}
