package org.leaklab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.table.Table;

/**
 * A comparison as people read it: one table for each metric and unit, and below them what is missing and what could not
 * be computed. Also the same figures as CSV.
 */
public final class ComparisonText {

    private final Comparison comparison;

    /** Of one comparison. */
    public ComparisonText(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The lines for a terminal. */
    public List<String> text() {
        return lines(false);
    }

    /** The lines of a page in Markdown. */
    public List<String> markdown() {
        return lines(true);
    }

    private List<String> lines(boolean markdown) {
        List<String> lines = new ArrayList<>();
        tables().forEach((title, rows) -> {
            lines.add((markdown ? "## " : "") + title);
            if (markdown) {
                lines.add("");
            }
            lines.addAll(
                    markdown
                            ? table(title, rows).markdown()
                            : table(title, rows).lines());
            lines.add("");
        });
        section(lines, "Missing", comparison.missing(), markdown);
        section(lines, "Notes", comparison.notes(), markdown);
        return lines.subList(0, Math.max(0, lines.size() - 1));
    }

    private static void section(List<String> lines, String title, List<String> sentences, boolean markdown) {
        if (!sentences.isEmpty()) {
            lines.add((markdown ? "## " : "") + title);
            if (markdown) {
                lines.add("");
            }
            sentences.forEach(sentence -> lines.add((markdown ? "- " : "  ") + sentence));
            lines.add("");
        }
    }

    private Map<String, List<Comparison.Row>> tables() {
        Map<String, List<Comparison.Row>> tables = new LinkedHashMap<>();
        comparison
                .rows()
                .forEach(row -> tables.computeIfAbsent(title(row.metric(), row.unit()), none -> new ArrayList<>())
                        .add(row));
        return tables;
    }

    private static String title(String metric, String unit) {
        return metric.equals(Compare.PRIMARY) ? unit : metric + ", " + unit;
    }

    private Table table(String title, List<Comparison.Row> rows) {
        int columns = rows.getFirst().columns().size();
        List<String> headings = new ArrayList<>(List.of("benchmark"));
        for (int column = 0; column < columns; column++) {
            headings.add(heading(column));
            if (column > 0) {
                headings.add("against the first");
            }
        }
        Table table = new Table(headings.toArray(String[]::new));
        for (Comparison.Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(name(row)));
            Comparison.Column base = row.columns().getFirst();
            for (int column = 0; column < columns; column++) {
                Comparison.Column cell = row.columns().get(column);
                cells.add(cell == null ? "-" : median(cell));
                if (column > 0) {
                    cells.add(cell == null ? "" : cell.change(base));
                }
            }
            table.row(cells.toArray());
        }
        comparison.geomean().stream()
                .filter(mean -> title(mean.metric(), mean.unit()).equals(title))
                .forEach(mean -> table.row(geomean(mean)));
        return table;
    }

    /** The name of a column is that of its file, or JDK, wherever it has one. */
    private String heading(int column) {
        return comparison.rows().stream()
                .map(row -> row.columns().get(column))
                .filter(Objects::nonNull)
                .findFirst()
                .map(cell -> cell.file() + " (" + cell.jdk() + ")")
                .orElse("-");
    }

    private static Object[] geomean(Comparison.Geomean mean) {
        List<String> cells = new ArrayList<>(List.of("geomean of " + mean.rows() + " rows"));
        for (int column = 0; column < mean.means().size(); column++) {
            cells.add(number(mean.means().get(column)));
            Double delta = mean.delta().get(column);
            if (column > 0) {
                cells.add(delta == null ? "" : Comparison.percent(delta));
            }
        }
        return cells.toArray();
    }

    private static String name(Comparison.Row row) {
        return Stream.concat(
                        Stream.of(row.benchmark().replaceFirst("^(?:[a-z_][\\w$]*\\.)+(?=[A-Z])", "")),
                        row.params().entrySet().stream().map(param -> param.getKey() + "=" + param.getValue()))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String median(Comparison.Column cell) {
        if (cell.low() == null || cell.high() == null) {
            return number(cell.median()) + " ± ∞";
        }
        double off = Math.max(cell.high() - cell.median(), cell.median() - cell.low());
        return number(cell.median())
                + (cell.median() == 0
                        ? ""
                        : String.format(Locale.ROOT, " ± %.0f %%", 100 * Math.abs(off / cell.median())));
    }

    /** Four digits that count. */
    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT,
                size >= 1000 || size == 0 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f",
                value);
    }

    /** The lines of a file in CSV: a line for each row and column that was measured, under a heading. */
    public List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("benchmark,params,mode,metric,unit,file,jdk,n,median,low,high,delta,ratioLow,ratioHigh,pValue,pHolm,"
                + "significant");
        for (Comparison.Row row : comparison.rows()) {
            String params = row.params().entrySet().stream()
                    .map(param -> param.getKey() + "=" + param.getValue())
                    .collect(Collectors.joining(" "));
            for (Comparison.Column cell : row.columns()) {
                if (cell != null) {
                    lines.add(Stream.of(
                                    row.benchmark(),
                                    params,
                                    row.mode(),
                                    row.metric(),
                                    row.unit(),
                                    cell.file(),
                                    cell.jdk(),
                                    cell.n(),
                                    cell.median(),
                                    cell.low(),
                                    cell.high(),
                                    cell.delta(),
                                    cell.ratioLow(),
                                    cell.ratioHigh(),
                                    cell.pValue(),
                                    cell.pHolm(),
                                    cell.significant())
                            .map(ComparisonText::quoted)
                            .collect(Collectors.joining(",")));
                }
            }
        }
        return lines;
    }

    private static String quoted(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
