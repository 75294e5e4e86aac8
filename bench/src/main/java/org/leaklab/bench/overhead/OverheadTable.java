package org.leaklab.bench.overhead;

import java.util.List;
import java.util.Locale;
import org.leaklab.results.JmhResult;
import org.leaklab.table.Table;

/**
 * What {@code overhead-table} prints: a row for each operation, kind of thread and detector, how many times longer the
 * operation takes with the detector, and whether that is within its bar.
 */
public final class OverheadTable {

    private OverheadTable() {}

    /**
     * The table of results; those of other benchmarks are left out.
     *
     * @throws IllegalArgumentException if no result is of an overhead benchmark
     */
    public static Table of(List<JmhResult> results) {
        List<Slowdown> all = Slowdown.of(results);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no file holds a result of an overhead benchmark, as in: java -jar"
                    + " benchmarks.jar overhead -rf json -rff overhead.json");
        }
        Table table = new Table(
                "JDK", "tracked", "operation", "threads", "stuck", "detector", "without ns", "slowdown", "bar", "");
        all.forEach(slowdown -> table.row(row(slowdown)));
        return table;
    }

    private static Object[] row(Slowdown slowdown) {
        Double bar = slowdown.bar();
        Slowdown.Verdict verdict = slowdown.verdict();
        return new Object[] {
            slowdown.jdk(),
            slowdown.tracked() ? "yes" : "no",
            slowdown.operation(),
            slowdown.threads(),
            slowdown.stuck(),
            slowdown.detector(),
            String.format(Locale.ROOT, "%,.0f", slowdown.without()),
            slowdown.text(),
            bar == null ? "" : String.format(Locale.ROOT, "%.2f", bar),
            verdict == null ? "" : verdict
        };
    }
}
