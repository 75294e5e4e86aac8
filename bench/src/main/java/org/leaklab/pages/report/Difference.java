package org.leaklab.pages.report;

import java.util.Locale;
import org.leaklab.compare.Judge;
import org.leaklab.compare.Values;
import org.leaklab.results.JmhResult;

/**
 * How two metrics differ, as {@code compare} judges it.
 *
 * @param ratio of the medians, the second by the first
 * @param before how many forks the first has
 */
record Difference(double ratio, Judge.Verdict verdict, int before, int after) {

    static Judge.Pair pair(JmhResult.Metric before, JmhResult.Metric after) {
        return new Judge.Pair(Values.of(before), Values.of(after));
    }

    static Difference of(Judge.Pair pair, Judge.Verdict verdict) {
        return new Difference(
                pair.now().value() / pair.base().value(),
                verdict,
                pair.base().forks().size(),
                pair.now().forks().size());
    }

    /** Whether it is more than chance. */
    boolean isSignificant() {
        return verdict.word() == Judge.Word.SIGNIFICANT;
    }

    /** The numbers behind it: the interval where there is a difference, p, and how many forks. */
    String why() {
        String forks = before == after ? "n=" + before : "n=" + before + "+" + after;
        String ends = isSignificant() && verdict.ratio().isKnown()
                ? Numbers.times(verdict.ratio().low()) + " to "
                        + Numbers.times(verdict.ratio().high()) + " times, "
                : "";
        return ends + String.format(Locale.ROOT, "p=%.3f %s", verdict.corrected(), forks);
    }
}
