package org.leaklab.pages.report;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.leaklab.compare.Judge;
import org.leaklab.compare.Values;
import org.leaklab.results.JmhResult;

/**
 * How two metrics differ, as {@code compare} judges it.
 *
 * @param from median of the forks of the first: a ratio is told with the two figures that it is made of, and a mean or
 *     a percentile of all forks together is neither of them
 * @param to median of the forks of the second
 * @param before how many forks the first has
 */
record Difference(double from, double to, Judge.Verdict verdict, int before, int after) {

    /** What a page says of sentences with differences. */
    static final String ABOUT =
            "A finding that says how many times has the medians of forks, whose ratio it is; its p is that of the exact "
                    + "test of Mann and Whitney, corrected for the JDKs of its sentence.";

    static Judge.Pair pair(JmhResult.Metric before, JmhResult.Metric after) {
        return new Judge.Pair(Values.of(before), Values.of(after));
    }

    static Difference of(Judge.Pair pair, Judge.Verdict verdict) {
        return new Difference(
                pair.base().value(),
                pair.now().value(),
                verdict,
                pair.base().forks().size(),
                pair.now().forks().size());
    }

    /** How many times as much the second is. */
    double ratio() {
        return to / from;
    }

    /** Both figures, the second first. */
    String figures(DoubleFunction<String> words) {
        return words.apply(to) + " against " + words.apply(from);
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
