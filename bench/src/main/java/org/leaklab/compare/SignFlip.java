package org.leaklab.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The sign-flip test of paired differences: where nothing differs, each difference could as well have had the other
 * sign. The statistic is the mean. Its p-value is two-sided: twice the share of all choices of signs with a mean at
 * least as far out as the one seen.
 *
 * <p>A choice of signs turns a subset of the differences round, and its mean is at least as large exactly if the mean
 * of that subset is not above zero. So the means of all subsets say everything: the p-value is a count of those below
 * zero, and the interval of what the test does not reject lies between two of them (J. A. Hartigan, Using subsample
 * values as typical values, 1969). An interval without zero and a p-value of at most 5 % are therefore the same.
 *
 * <p>Up to {@value #MOST_EXACT} pairs take all subsets. More take {@value #DRAWN} subsets drawn with a fixed seed, and
 * the p-value is (b+1)/(m+1) (B. Phipson, G. K. Smyth, Permutation p-values should never be zero, 2010), for the
 * interval too.
 */
public final class SignFlip {

    /** With more pairs subsets are drawn. */
    static final int MOST_EXACT = 20;

    private static final int DRAWN = 99_999;
    private static final long SEED = 20_261_130;

    /** Of the largest difference: what is nearer to zero than this is zero, and rounding made the rest. */
    private static final double ROUNDING = 1e-12;

    private final double[] differences;
    /** Of subsets with at least one difference, ascending. */
    private final double[] means;
    /** How many subsets that were drawn are empty: they turn nothing round, and are as far out as what was seen. */
    private final int empty;

    /** @param differences finite ones, as the logarithms of ratios */
    public SignFlip(double... differences) {
        if (!Arrays.stream(differences).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a difference is not finite in " + Arrays.toString(differences));
        }
        this.differences = differences.clone();
        means = differences.length <= MOST_EXACT ? all(differences) : drawn(differences);
        empty = differences.length <= MOST_EXACT ? 0 : DRAWN - means.length;
        Arrays.sort(means);
    }

    private static double[] all(double[] differences) {
        int subsets = 1 << differences.length;
        double[] sums = new double[subsets];
        double[] means = new double[subsets - 1];
        for (int subset = 1; subset < subsets; subset++) {
            sums[subset] = sums[subset & subset - 1] + differences[Integer.numberOfTrailingZeros(subset)];
            means[subset - 1] = sums[subset] / Integer.bitCount(subset);
        }
        return means;
    }

    private static double[] drawn(double[] differences) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] means = new double[DRAWN];
        int there = 0;
        for (int draw = 0; draw < DRAWN; draw++) {
            double sum = 0;
            int size = 0;
            long signs = 0;
            for (int i = 0; i < differences.length; i++) {
                if (i % Long.SIZE == 0) {
                    signs = random.nextLong();
                }
                if ((signs >>> i % Long.SIZE & 1) == 1) {
                    sum += differences[i];
                    size++;
                }
            }
            if (size > 0) {
                means[there++] = sum / size;
            }
        }
        return Arrays.copyOf(means, there);
    }

    /** How many pairs there are. */
    public int pairs() {
        return differences.length;
    }

    /** The mean difference; NaN where there is none. */
    public double mean() {
        return Arrays.stream(differences).average().orElse(Double.NaN);
    }

    /** The p-value of no difference; 1 where there is no pair. */
    public double p() {
        double rounding =
                ROUNDING * Arrays.stream(differences).map(Math::abs).max().orElse(0);
        long notAbove = Arrays.stream(means).filter(mean -> mean <= rounding).count();
        long notBelow = Arrays.stream(means).filter(mean -> mean >= -rounding).count();
        return Math.min(1, 2 * (1 + empty + Math.min(notAbove, notBelow)) / all());
    }

    /** All that are equally likely where nothing differs, with the signs that were seen. */
    private double all() {
        return means.length + empty + 1.0;
    }

    /** The differences that the test does not reject; none where so few pairs can reject nothing. */
    public Sample.Interval interval(double alpha) {
        int outside = (int) Math.floor(alpha * all() / 2 * (1 + ROUNDING)) - empty;
        return outside < 1
                ? Sample.Interval.NONE
                : new Sample.Interval(means[outside - 1], means[means.length - outside]);
    }

    /** The smallest p-value that so many pairs can have: all differences on one side. */
    public static double least(int pairs) {
        return pairs <= MOST_EXACT ? Math.min(1, 2 / (double) (1L << pairs)) : 2.0 / (DRAWN + 1);
    }

    /** The largest p-value of so many pairs that is at most alpha, which is how often the test is wrong; 0 for none. */
    static double level(int pairs, double alpha) {
        double least = least(pairs);
        return Math.floor(alpha / least * (1 + ROUNDING)) * least;
    }
}
