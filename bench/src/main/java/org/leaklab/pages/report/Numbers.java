package org.leaklab.pages.report;

import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private static final double SMALL = 0.01; // below this, three decimals say little

    private Numbers() {}

    /** Three or four digits that count. */
    static String digits(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0
                ? "%,.0f"
                : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= SMALL ? "%.3f" : "%.3g";
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "?";
    }

    /** As in 3.2 times; three digits that count, but none behind the point of what is large. */
    static String times(double ratio) {
        return Double.isInfinite(ratio)
                ? "∞"
                : String.format(Locale.ROOT, ratio >= 100 ? "%,.0f" : ratio >= 10 ? "%.1f" : "%.2f", ratio);
    }

    /** A number of things: {@code 1 thread}, {@code 2 threads}. */
    static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** Words as a sentence lists them. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
