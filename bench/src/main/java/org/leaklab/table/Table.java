package org.leaklab.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.leaklab.core.text.Printable;

/** Rows of text with aligned columns; numbers to the right. Control characters in cells are escaped. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(printable(headings));
    }

    public void row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells under " + rows.getFirst());
        }
        rows.add(printable(cells));
    }

    private static List<String> printable(Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> Printable.of(String.valueOf(cell)))
                .toList();
    }

    /** Whether there is nothing but the heading. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, the heading first. */
    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column -> pad(row.get(column), widths[column], isNumeric(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    /** The same as a table in Markdown. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add("| " + String.join(" | ", row) + " |");
        }
        lines.add(1, "|" + " --- |".repeat(rows.getFirst().size()));
        return lines;
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("-?[0-9.]+[*]?"));
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(width - text.length());
        return right ? blanks + text : text + blanks;
    }
}
