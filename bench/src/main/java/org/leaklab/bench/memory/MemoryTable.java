package org.leaklab.bench.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.results.JmhResult;
import org.leaklab.table.Table;

/**
 * What {@code memory-table} prints: a row for each way of being stuck, bytes a stuck thread by each metric. Each figure
 * is the slope of a line through populations of several sizes, with its 95 % interval: over the slopes of forks, or in
 * older results, where each population had a JVM of its own, that of the regression.
 */
public final class MemoryTable {

    private MemoryTable() {}

    /**
     * The table of results; those of other benchmarks are left out.
     *
     * @throws IllegalArgumentException if no result is of a memory benchmark, or a way of being stuck was measured with
     *     fewer than three sizes
     */
    public static Table of(List<JmhResult> results) {
        List<MemorySeries> all = MemorySeries.of(results);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result of a memory benchmark, as in: java -jar"
                    + " benchmarks.jar memory -rf json -rff memory.json");
        }
        Table table = new Table(
                "JDK",
                "code",
                "stuck on",
                "threads",
                "depth",
                "payload",
                "held by",
                "heap",
                "resident",
                "native",
                "reserved",
                "R2");
        all.forEach(series -> table.row(row(series).toArray()));
        return table;
    }

    private static List<String> row(MemorySeries series) {
        List<String> cells = new ArrayList<>(List.of(
                series.jdk(),
                series.code(),
                series.param("on"),
                series.param("threads"),
                series.param("depth"),
                series.param("payload"),
                series.holder()));
        MemorySeries.METRICS.forEach(metric -> cells.add(text(series, metric)));
        cells.add(String.format(
                Locale.ROOT, "%.4f", series.slope(series.mainMetric()).rSquared()));
        return cells;
    }

    /** Go has no native memory of a thread. */
    private static String text(MemorySeries series, String metric) {
        return series.points(metric).isEmpty() ? "-" : series.slope(metric).text();
    }
}
