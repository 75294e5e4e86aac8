package org.leaklab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether things differ: the only place where something is called significant.
 *
 * <p>The test is that of Mann and Whitney on values of forks, exact for small samples, and corrected for the number of
 * questions that are asked together so that at most a share {@code alpha} of the answers is false. A pair with so few
 * forks that not even full separation would be significant is not tested.
 *
 * @param alpha the share, 0.05 by default
 * @param corrected whether the number of questions counts
 */
public record Judge(double alpha, boolean corrected) {

    /** A share of 5 %, corrected: what all of leaklab uses unless a reader asks for something else. */
    public static final Judge USUAL = new Judge(0.05, true);

    /** What can be said of a difference, the strongest first. */
    public enum Word {
        /** By the test on forks. */
        SIGNIFICANT,
        /**
         * No test says so, but the ranges of what was measured do not overlap: of iterations where there are too few
         * forks for a test, of forks where there are too few for so many questions. A hint.
         */
        SEPARATED,
        /** There may be one, but these values do not show it. */
        NOT_SEEN,
        /** There is too little to say anything. */
        NOT_TESTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Two sides of one question. */
    public record Pair(Values base, Values now) {}

    /**
     * An answer.
     *
     * @param p how likely such a difference is where there is none; NaN where it was not tested
     * @param corrected the same after the correction
     * @param ratio 95 % interval of the ratio to the base; NaN where there are too few forks for one
     * @param direction 1 where the values are larger than those of the base, -1 where they are smaller, 0 where
     *     neither: by the ranks of the test, or by the values that are shown where it was not tested
     */
    public record Verdict(Word word, double p, double corrected, Sample.Interval ratio, int direction) {

        /** Whether there were enough forks for a test. */
        public boolean isTested() {
            return !Double.isNaN(p);
        }
    }

    /** The answer to a question that is asked alone. */
    public Verdict one(Pair pair) {
        return all(List.of(pair)).getFirst();
    }

    /** The answers to questions that are asked together, in order. */
    public List<Verdict> all(List<Pair> pairs) {
        double[] p = pairs.stream().mapToDouble(this::p).toArray();
        double[] adjusted = corrected ? FalseDiscoveries.correct(p) : p;
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            Pair pair = pairs.get(i);
            verdicts.add(new Verdict(
                    word(pair, p[i], adjusted[i]),
                    p[i],
                    adjusted[i],
                    pair.now.forks().ratioTo(pair.base.forks()),
                    direction(pair, p[i])));
        }
        return verdicts;
    }

    /** What is shown may be a mean, that one fork decides; a word of the test goes with the ranks of the test. */
    private static int direction(Pair pair, double p) {
        return Double.isNaN(p)
                ? (int) Math.signum(pair.now.value() - pair.base.value())
                : MannWhitney.direction(
                        pair.now.forks().values(), pair.base.forks().values());
    }

    /** Whether so many forks on each side can show anything. */
    public boolean canTell(int base, int now) {
        return base > 0 && now > 0 && MannWhitney.least(base, now) <= alpha;
    }

    /** The fewest forks on each side with which one change alone among so many questions is significant. */
    public int fewestForks(int questions) {
        int forks = 1;
        while (MannWhitney.least(forks, forks) * (corrected ? questions : 1) > alpha) {
            forks++;
        }
        return forks;
    }

    /**
     * How likely iterations that come from the same distribution are to be separated; 0 where forks are tested, or
     * there are no iterations. As those of a fork depend on each other, it is more in truth.
     */
    double separatedByChance(Pair pair) {
        int base = pair.base.iterations().size();
        int now = pair.now.iterations().size();
        boolean tested = canTell(pair.base.forks().size(), pair.now.forks().size());
        return tested || Math.min(base, now) < 2 ? 0 : MannWhitney.least(base, now);
    }

    private double p(Pair pair) {
        return canTell(pair.base.forks().size(), pair.now.forks().size())
                ? MannWhitney.p(pair.base.forks().values(), pair.now.forks().values())
                : Double.NaN;
    }

    private Word word(Pair pair, double p, double adjusted) {
        if (!pair.base.isKnown() || !pair.now.isKnown()) {
            return Word.NOT_TESTED;
        }
        if (!Double.isNaN(p)) {
            return adjusted <= alpha
                    ? Word.SIGNIFICANT
                    : p <= alpha && pair.base.forks().isApartFrom(pair.now.forks()) ? Word.SEPARATED : Word.NOT_SEEN;
        }
        if (pair.base.hasRaw() && pair.now.hasRaw()) {
            Sample base = pair.base.iterations();
            Sample now = pair.now.iterations();
            return Math.min(base.size(), now.size()) < 2
                    ? Word.NOT_TESTED
                    : base.isApartFrom(now) ? Word.SEPARATED : Word.NOT_SEEN;
        }
        double errors = pair.base.error() + pair.now.error();
        return !Double.isFinite(errors)
                ? Word.NOT_TESTED
                : Math.abs(pair.base.value() - pair.now.value()) > errors ? Word.SEPARATED : Word.NOT_SEEN;
    }
}
