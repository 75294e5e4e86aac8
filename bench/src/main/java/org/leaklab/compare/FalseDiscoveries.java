package org.leaklab.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction of Benjamini and Hochberg: p-values of several questions made so much larger that, of the answers that
 * are called significant, no more than the chosen share are false. (Y. Benjamini, Y. Hochberg, Controlling the false
 * discovery rate, 1995; R's {@code p.adjust} with {@code "BH"}.)
 */
public final class FalseDiscoveries {

    private FalseDiscoveries() {}

    /** The corrected values, in the same order; NaN stays NaN and asks nothing. */
    public static double[] correct(double[] p) {
        double[] corrected = new double[p.length];
        Arrays.fill(corrected, Double.NaN);
        int[] descending = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -p[i]))
                .mapToInt(i -> i)
                .toArray();
        double most = 1;
        for (int i = 0; i < descending.length; i++) {
            int rank = descending.length - i; // of the p-value, the smallest being first
            most = Math.min(most, p[descending[i]] * descending.length / rank);
            corrected[descending[i]] = most;
        }
        return corrected;
    }
}
