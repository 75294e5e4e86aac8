package org.leaklab.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which values of a sample are drawn again for the bootstrap. The seed is fixed, so samples of the same sizes are drawn
 * from in the same way, and the places of the medians among the sorted values are found once for all of them.
 */
final class Draws {

    /** How often a sample is drawn from. */
    static final int COUNT = 10_000;

    private static final long SEED = 20_261_122;

    private static final Map<Sizes, Draws> KNOWN = new ConcurrentHashMap<>();

    private record Sizes(int size, int base) {}

    /** Those of the sample that the first one is held against, drawn in turn with it. */
    final Draws ofBase;

    private final int[] lower = new int[COUNT];
    private final int[] upper = new int[COUNT];

    private Draws() {
        ofBase = this;
    }

    private Draws(Sizes sizes) {
        ofBase = new Draws();
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT; i++) {
            draw(i, sizes.size, random);
            ofBase.draw(i, sizes.base, random);
        }
    }

    private void draw(int i, int size, Random random) {
        int[] drawn = new int[size];
        for (int k = 0; k < size; k++) {
            drawn[k] = random.nextInt(size);
        }
        Arrays.sort(drawn);
        lower[i] = drawn[(size - 1) / 2];
        upper[i] = drawn[size / 2];
    }

    static Draws of(int size, int base) {
        return KNOWN.computeIfAbsent(new Sizes(size, base), sizes -> new Draws(sizes));
    }

    /** The median of what is drawn the {@code i}-th time of values in ascending order. */
    double median(int i, double[] sorted) {
        return lower[i] == upper[i] ? sorted[lower[i]] : (sorted[lower[i]] + sorted[upper[i]]) / 2;
    }
}
