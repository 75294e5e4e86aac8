package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.leaklab.soak.Million;
import org.leaklab.soak.MillionReport;

/** Very many virtual threads at once. */
final class MillionTopic {

    private MillionTopic() {}

    static Optional<Section> section(Results results) {
        if (results.millions().isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        List<Chart.Dots.Mark> marks = new ArrayList<>();
        List<List<DataTable.Cell>> rows = new ArrayList<>();
        Map<String, Double> bytes = new TreeMap<>();
        int threads = 0;
        for (MillionReport report : results.millions()) {
            String label = jdks.label(report.jdk());
            for (Million.Row run : report.runs()) {
                threads = Math.max(threads, run.threads());
                bytes.merge(label + ", " + run.shape(), (double) run.heapBytesPerThread(), Math::max);
                marks.add(new Chart.Dots.Mark(
                        run.shape(),
                        "JDK " + label,
                        jdks.colour(report.jdk()),
                        (double) run.heapBytesPerThread(),
                        Double.NaN,
                        Double.NaN,
                        List.of(),
                        null,
                        String.format(Locale.ROOT, "%,d B a thread", run.heapBytesPerThread())));
                rows.add(row(label, run));
            }
        }
        return Optional.of(new Section(
                "million",
                "Very many threads",
                List.of(
                        "Virtual threads that park in the receive of a channel, all at once, and are woken again. Each was "
                                + "measured once: read the bytes as they are and the seconds as an order of magnitude."),
                List.of(String.format(
                        Locale.ROOT,
                        "Of %,d virtual threads parked at once, each keeps %s of heap.",
                        threads,
                        Jdks.spread(bytes, value -> String.format(Locale.ROOT, "%,.0f B", value)))),
                List.of(new Section.Figure(
                        "Heap a thread", Chart.Dots.of("bytes of heap a thread", false, null, marks), table(rows)))));
    }

    private static List<DataTable.Cell> row(String label, Million.Row run) {
        return List.of(
                DataTable.Cell.of(run.shape()),
                DataTable.Cell.of(label),
                whole(run.threads()),
                whole(run.heapBytesPerThread()),
                whole(run.parkMillis()),
                whole(run.wakeMillis()),
                whole(run.endMillis()),
                whole(run.leftBytes()));
    }

    private static DataTable.Cell whole(long number) {
        return DataTable.Cell.number((double) number, String.format(Locale.ROOT, "%,d", number));
    }

    private static DataTable table(List<List<DataTable.Cell>> rows) {
        return new DataTable(
                "Live heap after a collection; times from the first start or wake-up",
                List.of(
                        DataTable.Column.text("Waiting on; woken by"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.number("Threads"),
                        DataTable.Column.number("B a thread"),
                        DataTable.Column.number("All parked, ms"),
                        DataTable.Column.number("All woken, ms"),
                        DataTable.Column.number("All ended, ms"),
                        DataTable.Column.number("B left")),
                rows);
    }
}
