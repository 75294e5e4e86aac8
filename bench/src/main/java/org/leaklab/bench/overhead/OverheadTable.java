package org.leaklab.bench.overhead;

import java.util.List;
import java.util.Locale;
import org.leaklab.results.JmhResult;
import org.leaklab.table.Table;

/**
 * What {@code overhead-table} prints: a row for each operation, kind of thread and detector: the nanoseconds that the
 * detector adds to the operation, how many times as long it takes, and whether that is within its bar.
 */
public final class OverheadTable {

    private OverheadTable() {}

    /**
     * The table of results; those of other benchmarks are left out.
     *
     * @throws IllegalArgumentException if no result is of an overhead benchmark
     */
    public static Table of(List<JmhResult> results) {
        List<DetectorCost> all = DetectorCost.of(results);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result of an overhead benchmark, as in: java -jar"
                    + " benchmarks.jar overhead -rf json -rff overhead.json");
        }
        Table table = new Table(
                "JDK",
                "tracked",
                "operation",
                "threads",
                "stuck",
                "detector",
                "without ns",
                "added",
                "times",
                "bar",
                "");
        all.forEach(cost -> table.row(row(cost)));
        return table;
    }

    private static Object[] row(DetectorCost cost) {
        Double bar = cost.bar();
        return new Object[] {
            cost.jdk(),
            cost.tracked() ? "yes" : "no",
            cost.operation(),
            cost.threads(),
            cost.stuck(),
            cost.detector(),
            Double.isNaN(cost.without()) ? "" : String.format(Locale.ROOT, "%,.0f", cost.without()),
            cost.addedText(),
            cost.ratioText(),
            bar == null ? "" : String.format(Locale.ROOT, "%.2f", bar),
            cost.verdictText()
        };
    }
}
