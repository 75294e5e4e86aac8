package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;

/** The chart of bytes a stuck thread, and the table with the same figures and those of the other metrics. */
final class MemoryFigure {

    private static final List<DataTable.Column> COLUMNS = List.of(
            DataTable.Column.text("Waits on"),
            DataTable.Column.text("Threads"),
            DataTable.Column.number("JDK"),
            DataTable.Column.text("Code"),
            DataTable.Column.number("Frames"),
            DataTable.Column.number("Held"),
            DataTable.Column.text("Held by"),
            DataTable.Column.number("Heap"),
            DataTable.Column.number("Resident"),
            DataTable.Column.number("Native"),
            DataTable.Column.number("Reserved"),
            DataTable.Column.number("R²"));

    private MemoryFigure() {}

    static Section.Figure of(List<MemoryLine> lines) {
        return new Section.Figure("Bytes by what the thread waits on", chart(lines), table(lines));
    }

    private static Chart chart(List<MemoryLine> lines) {
        return Chart.Dots.of(
                "bytes a stuck thread",
                true,
                null,
                lines.stream()
                        .filter(line -> line.bytes() > 0)
                        .map(MemoryFigure::mark)
                        .toList());
    }

    private static Chart.Dots.Mark mark(MemoryLine line) {
        Slope slope = line.slope();
        return new Chart.Dots.Mark(
                line.name(),
                Jdks.named(line.jdk()),
                line.colour(),
                slope.perThread(),
                slope.low() > 0 ? slope.low() : Double.NaN,
                slope.high(),
                line.bytesByPopulation(),
                null,
                slope.text());
    }

    private static DataTable table(List<MemoryLine> lines) {
        return new DataTable(
                "Bytes a thread with half of the 95 % interval; R² is that of heap for virtual, of resident memory for platform threads",
                COLUMNS, lines.stream().map(MemoryFigure::row).toList());
    }

    private static List<DataTable.Cell> row(MemoryLine line) {
        MemorySeries series = line.series();
        List<DataTable.Cell> cells = new ArrayList<>();
        Stream.of(
                        line.waitsOn(),
                        series.param("threads"),
                        line.jdk(),
                        series.code(),
                        series.param("depth"),
                        series.param("payload"),
                        series.holder())
                .map(DataTable.Cell::of)
                .forEach(cells::add);
        MemorySeries.METRICS.forEach(metric -> cells.add(bytes(series, metric)));
        double rSquared = line.slope().rSquared();
        cells.add(DataTable.Cell.number(rSquared, String.format(Locale.ROOT, "%.4f", rSquared)));
        return cells;
    }

    private static DataTable.Cell bytes(MemorySeries series, String metric) {
        if (!series.hasSlope(metric)) {
            return DataTable.Cell.NONE;
        }
        Slope slope = series.slope(metric);
        return DataTable.Cell.number(slope.perThread(), slope.text());
    }
}
