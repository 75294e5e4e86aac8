package org.leaklab.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction: p-values of several questions made so much larger that all of them together are wrong with the
 * probability that each of them says. (S. Holm, A simple sequentially rejective multiple test procedure, 1979; R's
 * {@code p.adjust} with {@code "holm"}.)
 */
public final class Holm {

    private Holm() {}

    /** The corrected values, in the same order; NaN stays NaN and asks nothing. */
    public static double[] correct(double[] p) {
        double[] corrected = new double[p.length];
        Arrays.fill(corrected, Double.NaN);
        int[] ascending = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double least = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            least = Math.max(least, Math.min(1, (ascending.length - rank) * p[ascending[rank]]));
            corrected[ascending[rank]] = least;
        }
        return corrected;
    }
}
