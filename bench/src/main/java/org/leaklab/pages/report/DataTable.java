package org.leaklab.pages.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table that sorts.
 *
 * @param caption what its figures are, and in which unit
 */
public record DataTable(String caption, List<Column> columns, List<List<Cell>> rows) {

    private static final int MANY = 16;

    /** Keeps copies. */
    public DataTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of " + row.size() + " cells under " + columns);
            }
        }
    }

    /**
     * A column.
     *
     * @param number whether it holds numbers, which stand to the right
     */
    public record Column(String name, boolean number) {
        /** The classes of a cell under it; null for none. */
        public @Nullable String style(Cell cell) {
            String style = ((number ? "number " : "") + cell.tone).strip();
            return style.isEmpty() ? null : style;
        }

        static Column text(String name) {
            return new Column(name, false);
        }

        static Column number(String name) {
            return new Column(name, true);
        }
    }

    /**
     * A cell.
     *
     * @param text what it shows
     * @param value what it is sorted by; empty for what comes last
     * @param tone good, bad or open, or empty
     */
    public record Cell(String text, String value, String tone) {

        /** What it is sorted by, where that is not what it shows; null otherwise. */
        public @Nullable String hiddenValue() {
            return value.equals(text) ? null : value;
        }

        static final Cell NONE = new Cell("", "", "");

        static Cell of(Object text) {
            return new Cell(text.toString(), text.toString(), "");
        }

        static Cell of(Object text, String tone) {
            return new Cell(text.toString(), text.toString(), tone);
        }

        static Cell number(double value, String text) {
            return new Cell(text, Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "", "");
        }

        static Cell number(double value) {
            return number(value, Numbers.digits(value));
        }

        /** A value and half of its interval. */
        static Cell number(double value, double error) {
            return number(value, Numbers.digits(value) + (Double.isFinite(error) ? " ± " + Numbers.digits(error) : ""));
        }
    }

    /** Whether it is so long that it scrolls in a window of its own. */
    public boolean isLong() {
        return rows.size() > MANY;
    }
}
