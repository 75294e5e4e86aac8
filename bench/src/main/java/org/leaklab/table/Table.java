package org.leaklab.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.leaklab.core.text.Printable;

/** Rows of text with aligned columns; numbers to the right. Control characters in cells are escaped. */
public final class Table {

    private static final int SHORTEST = 12;

    private final List<List<String>> rows = new ArrayList<>();
    private final BitSet toTheRight = new BitSet();

    public Table(String... headings) {
        rows.add(printable(headings));
    }

    /** Puts the cells of these columns to the right, whatever they are. */
    public Table right(int... columns) {
        Arrays.stream(columns).forEach(toTheRight::set);
        return this;
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
        return lines(rows);
    }

    /** The same with the first column shortened in the middle, so that no line is longer than so many characters. */
    public List<String> lines(int width) {
        int first = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        int all = lines().stream().mapToInt(String::length).max().orElse(0);
        int most = Math.max(SHORTEST, first - Math.max(0, all - width));
        List<List<String>> shortened = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            cells.set(0, shortened(row.getFirst(), most));
            shortened.add(cells);
        }
        return lines(shortened);
    }

    /**
     * A text of at most so many characters, without its middle where it is longer; more of its end stays, for that
     * tells names apart.
     */
    public static String shortened(String text, int most) {
        int head = (most - 1) / 3;
        return text.length() <= most
                ? text
                : text.substring(0, head) + "\u2026" + text.substring(text.length() - (most - 1 - head));
    }

    private List<String> lines(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column ->
                                pad(row.get(column), widths[column], isNumeric(column) || toTheRight.get(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    /** The same as a table in Markdown. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add("| " + row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | "))
                    + " |");
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
