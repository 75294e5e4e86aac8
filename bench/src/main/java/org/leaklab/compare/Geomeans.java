package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** Geometric means of the medians of each column, over rows of the same metric and unit. */
final class Geomeans {

    private Geomeans() {}

    private record Unit(String metric, String unit) {}

    /** Over the rows that every column has, with medians above zero; units with a single such row have none. */
    static List<Comparison.Geomean> of(List<Comparison.Row> rows, int columns) {
        Map<Unit, List<Comparison.Row>> byUnit = new LinkedHashMap<>();
        for (Comparison.Row row : rows) {
            if (row.columns().stream().allMatch(column -> column != null && column.median() > 0)) {
                byUnit.computeIfAbsent(new Unit(row.metric(), row.unit()), none -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Comparison.Geomean> means = new ArrayList<>();
        byUnit.forEach((unit, whole) -> {
            if (whole.size() > 1) {
                means.add(of(unit, whole, columns));
            }
        });
        return means;
    }

    private static Comparison.Geomean of(Unit unit, List<Comparison.Row> rows, int columns) {
        List<Double> means = new ArrayList<>();
        List<@Nullable Double> delta = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int column = i;
            double mean = StatUtils.geometricMean(rows.stream()
                    .mapToDouble(row ->
                            Objects.requireNonNull(row.columns().get(column)).median())
                    .toArray());
            means.add(mean);
            delta.add(column == 0 ? null : mean / means.getFirst() - 1);
        }
        return new Comparison.Geomean(unit.metric, unit.unit, rows.size(), means, delta);
    }
}
