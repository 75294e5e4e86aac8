package org.leaklab.compare;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How small a change pairs can show, as far as the pairs that were seen tell, and if the differences are normal.
 *
 * <p>Where only differences that are all on one side are significant (six pairs at 5 %), that is exact: each of them
 * must be on its side. With more pairs the sign-flip test of a mean has nearly the power of the t-test at the level
 * that so few signs can reach, and that is what is computed. By simulation (NumPy, at least 10,000 samples) the
 * difference that shows with 80 % is 3.8 % larger with 7 pairs, 1.8 % with 8, and at most 1 % from 9 pairs on.
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
        if (level < 2 * SignFlip.least(pairs)) {
            return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(Math.pow(POWER, 1.0 / pairs))
                    * deviation;
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
