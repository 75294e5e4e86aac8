package org.leaklab.compare;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a row against the first.
 *
 * @param at which column
 */
public record Change(Comparison.Row row, Comparison.Column base, Comparison.Column now, int at) {

    /** What can be said of it. */
    public Judge.Word word() {
        return Objects.requireNonNull(now.word());
    }

    /** Whether it is better, as far as it goes; never where nobody knows which direction is. */
    public boolean isBetter() {
        return row.moreIsBetter() != null && (moreIsBetter() ? now.direction() > 0 : now.direction() < 0);
    }

    /** Whether it is worse, as far as it goes; never where nobody knows which direction is. */
    public boolean isWorse() {
        return row.moreIsBetter() != null && (moreIsBetter() ? now.direction() < 0 : now.direction() > 0);
    }

    /** Where it went: better or worse, or more or less where nobody knows which of them is better. */
    String direction() {
        if (row.moreIsBetter() == null) {
            return now.direction() > 0 ? "more" : "less";
        }
        return isBetter() ? "better" : "worse";
    }

    private boolean moreIsBetter() {
        return Boolean.TRUE.equals(row.moreIsBetter());
    }

    /**
     * How many times better: 2 is half the time, or twice the throughput; NaN where one of them is not above zero.
     * Where nobody knows which direction is better, less is taken for it.
     */
    public double gain() {
        return gain(now.ratio());
    }

    /** The ends of its 95 % interval, the lower first; NaN where there is none. */
    public Sample.Interval gainInterval() {
        double one = gain(now.ratioLow());
        double other = gain(now.ratioHigh());
        return new Sample.Interval(Math.min(one, other), Math.max(one, other));
    }

    private double gain(@Nullable Double ratio) {
        return ratio == null || !(ratio > 0) ? Double.NaN : moreIsBetter() ? ratio : 1 / ratio;
    }

    /**
     * Whether it is worse by more than a fraction for sure: also at the better end of the interval. Twice the time and
     * half the throughput are both worse by 100 %.
     */
    public boolean isWorseBy(double fraction) {
        if (row.moreIsBetter() == null) {
            return false;
        }
        double end = gainInterval().high();
        double gain = Double.isNaN(end) ? gain() : end;
        return Double.isNaN(gain) ? leavesZero() || stops() : 1 / gain > 1 + fraction;
    }

    private boolean leavesZero() {
        return !isBetter() && base.value() <= 0 && now.value() > 0;
    }

    /** Whether nothing is left of a throughput: no fraction is as bad, and it has no ratio. */
    private boolean stops() {
        return moreIsBetter() && base.value() > 0 && now.value() <= 0;
    }

    /**
     * How far it went, in either direction, so that changes can be put in order; infinite from or to zero, and 0 where
     * a value is below zero, for such have no ratio.
     */
    public double size() {
        double gain = gain();
        if (Double.isNaN(gain)) {
            boolean zero = base.value() == 0 || now.value() == 0;
            return zero && base.value() != now.value() ? Double.POSITIVE_INFINITY : 0;
        }
        return Math.abs(Math.log(gain));
    }

    /**
     * As people read it: a speed as {@code 0.31x}, an amount as {@code +12.3 %}; {@code from 0} has none, and neither
     * has a time of 0, to which JMH's table rounds.
     */
    public String text() {
        Double ratio = now.ratio();
        if (ratio == null || base.value() < 0 || now.value() < 0) {
            return base.value() == 0 && now.value() != 0 ? "from 0" : "";
        }
        if (row.isSpeed()) {
            return ratio > 0 ? times(gain()) : "to 0";
        }
        return percent(ratio - 1);
    }

    /** The 95 % interval in the same form; empty where there is none. */
    public String interval() {
        Double low = now.ratioLow();
        Double high = now.ratioHigh();
        if (low == null || high == null) {
            return "";
        }
        if (row.isSpeed()) {
            return times(gainInterval().low()).replace("x", "") + " to "
                    + times(gainInterval().high());
        }
        return percent(low - 1).replace(" %", "") + " to " + percent(high - 1);
    }

    /** The p-value after correction, or what the word rests on, with the number of forks. */
    public String why() {
        Double corrected = now.corrected();
        return switch (word()) {
            case SIGNIFICANT -> "p=" + p(Objects.requireNonNull(corrected)) + " " + forks();
            case NOT_SEEN, SEPARATED, NOT_TESTED -> (corrected == null ? "" : "p=" + p(corrected) + " ") + forks();
        };
    }

    private String forks() {
        return base.n() == now.n() ? "n=" + now.n() : "n=" + base.n() + "+" + now.n();
    }

    /** A p-value. */
    public static String p(double p) {
        return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    /** {@code 0.31x}, {@code 3,246x}: three digits that count. */
    public static String times(double ratio) {
        String format = ratio >= 100
                ? "%,.0fx"
                : ratio >= 10 ? "%.1fx" : ratio >= 0.1 ? "%.2fx" : ratio >= 0.01 ? "%.3fx" : "%.1gx";
        return String.format(Locale.ROOT, format, ratio);
    }

    /** A fraction with its sign: {@code -3.1 %}. */
    public static String percent(double fraction) {
        return String.format(Locale.ROOT, Math.abs(fraction) >= 10 ? "%+,.0f %%" : "%+.1f %%", 100 * fraction);
    }
}
