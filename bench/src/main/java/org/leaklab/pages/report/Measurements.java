package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;

/** Figures of plain measurements: a row a way of measuring, a series a JDK, with JMH's 99.9 % intervals. */
final class Measurements {

    /** Words that begin with numbers by these, none before all. */
    static final Comparator<String> BY_SIZE = Comparator.comparing((String word) -> !word.equals("none"))
            .thenComparing(word -> word.replaceFirst("^\\d+-?", ""))
            .thenComparingDouble(
                    word -> word.matches("\\d{1,9}.*") ? Double.parseDouble(word.replaceFirst("\\D.*", "")) : 0);

    /**
     * One measurement.
     *
     * @param keys what was measured how, a cell each
     */
    record Row(List<String> keys, String jdk, JmhResult.Metric metric) {}

    private final Jdks jdks;
    private final List<String> names;
    private final List<Row> rows = new ArrayList<>();

    /** @param names what the keys of a row are */
    Measurements(Jdks jdks, String... names) {
        this.jdks = jdks;
        this.names = List.of(names);
    }

    /** Adds a metric, if the result has it. */
    void add(JmhResult result, JmhResult.@Nullable Metric metric, String... keys) {
        if (metric != null) {
            rows.add(new Row(List.of(keys), result.jdk(), metric));
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A chart and its table. */
    Section.Figure figure(String title, String axis, boolean log, String caption) {
        List<Row> sorted = sorted();
        return new Section.Figure(title, chart(axis, log, sorted), table(caption, sorted));
    }

    private List<Row> sorted() {
        Comparator<Row> order = Comparator.comparing(row -> row.keys().getFirst(), BY_SIZE);
        for (int i = 1; i < names.size(); i++) {
            int key = i;
            order = order.thenComparing(row -> row.keys().get(key), BY_SIZE);
        }
        return rows.stream()
                .sorted(order.thenComparingInt(row -> jdks.colour(row.jdk())))
                .toList();
    }

    private Chart chart(String axis, boolean log, List<Row> sorted) {
        boolean logarithmic =
                log && sorted.stream().noneMatch(row -> row.metric().score() <= 0);
        DoublePredicate shown = value -> Double.isFinite(value) && (value > 0 || !logarithmic);
        return Chart.Dots.of(
                axis,
                logarithmic,
                null,
                sorted.stream()
                        .filter(row -> Double.isFinite(row.metric().score()))
                        .map(row -> new Chart.Dots.Mark(
                                String.join(" · ", row.keys()),
                                Jdks.named(jdks.label(row.jdk())),
                                jdks.colour(row.jdk()),
                                row.metric().score(),
                                low(row.metric(), shown),
                                row.metric().score() + row.metric().error(),
                                row.metric().forkMeans().stream()
                                        .filter(shown::test)
                                        .toList(),
                                null,
                                text(row.metric())))
                        .toList());
    }

    /**
     * An interval that reaches to nothing has no end on a logarithmic scale: it is left open at the smallest of forks.
     */
    private static double low(JmhResult.Metric metric, DoublePredicate shown) {
        double low = metric.score() - metric.error();
        return shown.test(low) || Double.isNaN(low)
                ? low
                : metric.forkMeans().stream()
                        .mapToDouble(value -> value)
                        .filter(shown)
                        .min()
                        .orElse(metric.score());
    }

    private static String text(JmhResult.Metric metric) {
        return Numbers.digits(metric.score())
                + (Double.isFinite(metric.error()) ? " ± " + Numbers.digits(metric.error()) : "") + " " + metric.unit();
    }

    private DataTable table(String caption, List<Row> sorted) {
        List<DataTable.Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(DataTable.Column.text(name)));
        columns.add(DataTable.Column.number("JDK"));
        columns.add(DataTable.Column.number("Score"));
        columns.add(DataTable.Column.text("Unit"));
        columns.add(DataTable.Column.number("Forks"));
        List<List<DataTable.Cell>> cells = new ArrayList<>();
        for (Row row : sorted) {
            List<DataTable.Cell> line = new ArrayList<>();
            row.keys().forEach(key -> line.add(DataTable.Cell.of(key)));
            line.add(DataTable.Cell.of(jdks.label(row.jdk())));
            line.add(DataTable.Cell.number(row.metric().score(), row.metric().error()));
            line.add(DataTable.Cell.of(row.metric().unit()));
            line.add(DataTable.Cell.of(row.metric().forks().size()));
            cells.add(line);
        }
        return new DataTable(caption + "; ± is half of JMH's 99.9 % interval", columns, cells);
    }
}
