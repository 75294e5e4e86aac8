package org.leaklab.compare;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * How small a change pairs can show, as far as the pairs that were seen tell. The sign-flip test of a mean has nearly
 * the power of the t-test (at the level that so few signs can reach), and that is what is computed.
 *
 * @param deviation standard deviation of a difference
 * @param alpha how often the test may be wrong where nothing differs
 */
public record PairPower(double deviation, double alpha) {

    /** How often it is seen. */
    public static final double POWER = 0.8;

    private static final int MOST = 100_000;

    /**
     * The smallest difference that so many pairs show with a probability of 80 %; infinite where they can show none.
     */
    public double smallest(int pairs) {
        double level = SignFlip.level(pairs, alpha);
        if (level <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        TDistribution t = new TDistribution(null, pairs - 1);
        double errors = t.inverseCumulativeProbability(1 - level / 2) + t.inverseCumulativeProbability(POWER);
        return errors * deviation / Math.sqrt(pairs);
    }

    /** How many pairs show a difference with that probability; at most 100,000. */
    public int pairsFor(double difference) {
        int low = 1;
        int high = MOST;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (smallest(middle) <= difference) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
