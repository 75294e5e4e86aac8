package org.leaklab.compare;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a figure counts, so that ns can be held against us, and {@code ops/sec} against {@code ops/s}.
 *
 * @param kind what it counts
 * @param per what it is divided by, {@code /op}, empty where by nothing; of a rate, what is counted in a time
 * @param size of one in the smallest of its kind: ns, operations a second, bytes
 * @param text as the file has it
 */
record Unit(Kind kind, String per, double size, String text) {

    /** What a figure counts. */
    enum Kind {
        TIME,
        RATE,
        BYTES,
        OTHER
    }

    private static final Map<String, Double> TIMES = Map.ofEntries(
            Map.entry("ns", 1.0),
            Map.entry("us", 1e3),
            Map.entry("\u00B5s", 1e3),
            Map.entry("\u03BCs", 1e3),
            Map.entry("ms", 1e6),
            Map.entry("s", 1e9),
            Map.entry("sec", 1e9),
            Map.entry("min", 60e9),
            Map.entry("hr", 3600e9),
            Map.entry("day", 86_400e9));

    /** JMH's are of 1,024. */
    private static final Map<String, Double> BYTES = Map.of(
            "B", 1.0, "KB", 0x1p10, "MB", 0x1p20, "GB", 0x1p30, "KiB", 0x1p10, "MiB", 0x1p20, "GiB", 0x1p30, "bytes",
            1.0);

    /** Of the profiler perfnorm, and what Go prints of a benchmark that says how many bytes it handles. */
    private static final Set<String> MORE_IS_BETTER = Set.of("insns/clk", "MB/s");

    private static final Set<String> LESS_IS_BETTER = Set.of("clks/insn", "allocs/op");

    private static final TreeMap<Double, String> SHOWN_TIMES =
            new TreeMap<>(Map.of(1.0, "ns", 1e3, "us", 1e6, "ms", 1e9, "s"));
    private static final TreeMap<Double, String> SHOWN_RATES =
            new TreeMap<>(Map.of(1.0, "/s", 1e3, "/ms", 1e6, "/us", 1e9, "/ns"));
    private static final TreeMap<Double, String> SHOWN_BYTES =
            new TreeMap<>(Map.of(1.0, "B", 0x1p20, "MB", 0x1p30, "GB"));

    static Unit of(String text) {
        int slash = text.indexOf('/');
        String what = slash < 0 ? text : text.substring(0, slash);
        String per = slash < 0 ? "" : text.substring(slash);
        Double divided = slash < 0 ? null : TIMES.get(per.substring(1));
        Double time = TIMES.get(what);
        Double bytes = BYTES.get(what);
        if (divided != null && bytes == null) {
            return new Unit(Kind.RATE, what, 1e9 / divided, text);
        }
        if (time != null) {
            return new Unit(Kind.TIME, per, time, text);
        }
        if (bytes != null) {
            return divided == null
                    ? new Unit(Kind.BYTES, per, bytes, text)
                    : new Unit(Kind.BYTES, "/s", bytes * 1e9 / divided, text);
        }
        return new Unit(Kind.OTHER, "", 1, text);
    }

    /** What two units have in common that can be converted into each other. */
    String dimension() {
        return kind == Kind.OTHER ? text : kind.name().toLowerCase(Locale.ROOT) + per;
    }

    /**
     * Whether more of it is better: operations a time are, time and bytes are not. Null where that is not known: a rate
     * of allocation or a count may be more because more was done.
     */
    @Nullable
    Boolean moreIsBetter() {
        if (MORE_IS_BETTER.contains(text)) {
            return true;
        }
        boolean isRate = kind == Kind.RATE || per.equals("/s");
        if (kind == Kind.RATE && per.equals("ops")) {
            return true;
        }
        return LESS_IS_BETTER.contains(text) || (kind != Kind.OTHER && !isRate) ? false : null;
    }

    /** Whether it says how fast something is. */
    boolean isSpeed() {
        return kind == Kind.TIME || kind == Kind.RATE;
    }

    /** What a table of such figures is called. */
    String title() {
        return kind == Kind.BYTES ? per.equals("/s") ? "bytes a second" : "bytes" + per.replace("/op", "") : text;
    }

    /**
     * A figure as it is shown.
     *
     * @param number in {@code unit}, between 1 and 1,000 where the unit has such names
     */
    record Shown(double number, String unit) {}

    /** A figure in this unit, in one that makes it readable. */
    Shown shown(double value) {
        TreeMap<Double, String> names = switch (kind) {
            case TIME -> SHOWN_TIMES;
            case RATE -> SHOWN_RATES;
            case BYTES -> SHOWN_BYTES;
            case OTHER -> null;
        };
        return names == null ? new Shown(value, text) : shown(value, names);
    }

    private Shown shown(double value, TreeMap<Double, String> names) {
        double smallest = value * size;
        Map.@Nullable Entry<Double, String> fitting = names.floorEntry(Math.abs(smallest) * (1 + 1e-12));
        Map.Entry<Double, String> name = fitting == null || value == 0 ? names.firstEntry() : fitting;
        String unit = kind == Kind.RATE ? per + name.getValue() : name.getValue() + (per.equals("/op") ? "" : per);
        return new Shown(smallest / name.getKey(), unit);
    }
}
