package org.leaklab.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The test of Mann, Whitney and Wilcoxon: do values of one sample tend to be larger than those of the other?
 *
 * <p>The p-value is two-sided: the probability, if both come from the same distribution, of a rank sum at least as far
 * from its mean as the one seen. That is symmetric in the samples by definition, also with ties, where the distribution
 * of the rank sum is not. Small samples get it exactly, by counting all ways to choose one sample out of both together,
 * ties included (the algorithm is that of Streitberg and Röhmel's shift method); large ones by the normal approximation
 * with corrections for ties and continuity.
 */
public final class MannWhitney {

    private static final int MOST_EXACT = 60;

    private MannWhitney() {}

    /** The p-value of two samples; NaN when one is empty. */
    public static double p(double[] one, double[] other) {
        if (one.length == 0 || other.length == 0) {
            return Double.NaN;
        }
        double[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(all);
        return all.length <= MOST_EXACT ? exact(ranks, one.length) : approximate(ranks, one.length);
    }

    /** Which tends to be larger by the rank sum: 1 for the first, -1 for the other, 0 where neither does. */
    static int direction(double[] one, double[] other) {
        double larger = 0; // in how many pairs the first is, less in how many the other is
        for (double value : one) {
            for (double than : other) {
                larger += Math.signum(value - than);
            }
        }
        return (int) Math.signum(larger);
    }

    /**
     * The least p-value that samples of these sizes can have: of all ways to choose one of them, the two extreme ones.
     */
    static double least(int one, int other) {
        return Math.min(1, 2 / CombinatoricsUtils.binomialCoefficientDouble(one + other, one));
    }

    /**
     * Of the ratios, or differences, of each value of one sample with each of the other, how many on each side are
     * outside the interval that the test does not reject, the end itself included; 0 where all are inside.
     */
    static int outside(int one, int other, double alpha) {
        if (one + other > MOST_EXACT) {
            double deviation = Math.sqrt((double) one * other * (one + other + 1) / 12);
            double z = new NormalDistribution().inverseCumulativeProbability(1 - alpha / 2);
            return (int) Math.max(0, Math.floor((double) one * other / 2 - z * deviation));
        }
        double[][] ways = new double[one + 1][one * other + 1]; // to choose so many with such a count of pairs in order
        ways[0][0] = 1;
        for (int rank = 0; rank < one + other; rank++) {
            for (int chosen = Math.min(one, rank + 1); chosen > 0; chosen--) {
                int pairs = rank - chosen + 1; // of those not chosen below this one
                for (int count = one * other; count >= pairs; count--) {
                    ways[chosen][count] += ways[chosen - 1][count - pairs];
                }
            }
        }
        double all = CombinatoricsUtils.binomialCoefficientDouble(one + other, one);
        int outside = 0;
        double below = ways[one][0];
        while (2 * below <= alpha * all) {
            outside++;
            below += ways[one][outside];
        }
        return outside;
    }

    /** Twice the ranks are whole numbers, also of ties. */
    private static double exact(double[] ranks, int size) {
        int[] doubled = Arrays.stream(ranks)
                .mapToInt(rank -> (int) Math.round(2 * rank))
                .toArray();
        int largest = Arrays.stream(doubled).sum();
        int seen = Arrays.stream(doubled, 0, size).sum();
        double[][] ways = new double[size + 1][largest + 1]; // to choose so many with such a sum
        ways[0][0] = 1;
        for (int rank : doubled) {
            for (int chosen = size; chosen > 0; chosen--) {
                for (int sum = largest; sum >= rank; sum--) {
                    ways[chosen][sum] += ways[chosen - 1][sum - rank];
                }
            }
        }
        // size * largest / all is the mean; multiplied out, so that nothing is lost to rounding
        long far = Math.abs((long) seen * ranks.length - (long) size * largest);
        double extreme = 0;
        double all = 0;
        for (int sum = 0; sum <= largest; sum++) {
            all += ways[size][sum];
            if (Math.abs((long) sum * ranks.length - (long) size * largest) >= far) {
                extreme += ways[size][sum];
            }
        }
        return Math.min(1, extreme / all);
    }

    private static double approximate(double[] ranks, int size) {
        int all = ranks.length;
        double seen = Arrays.stream(ranks, 0, size).sum();
        double mean = size * (all + 1) / 2.0;
        double ties = 0;
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        for (int from = 0, to; from < all; from = to) {
            to = from + 1;
            while (to < all && sorted[to] == sorted[from]) {
                to++;
            }
            double tied = to - from;
            ties += tied * tied * tied - tied;
        }
        double variance = size * (double) (all - size) / 12 * (all + 1 - ties / (all * (all - 1.0)));
        if (variance <= 0) {
            return 1;
        }
        double z = Math.max(0, Math.abs(seen - mean) - 0.5) / Math.sqrt(variance);
        return Math.min(1, 2 * new NormalDistribution().cumulativeProbability(-z));
    }
}
