package org.leaklab.ab;

import java.util.Locale;

/**
 * The shortest benchmark there is: a fixed piece of work in a fresh JVM, for a tenth of a second. It is no part of a
 * comparison; it is measured against itself to see how often {@code bench ab} is wrong, and with more work added to see
 * how often it finds that.
 */
final class ShortFork {

    /** The property that adds work: 0.05 for 5 % more of it. */
    static final String ADDED = "leaklab.ab.added";

    private static final int OPERATIONS = 20_000;
    private static final int WARM_UP = 4_000;
    private static final int STEPS = 1_000;
    private static final int CELLS = 1 << 14;

    private static volatile long seen;

    private ShortFork() {}

    /** Prints nanoseconds of an operation. */
    public static void main(String[] args) {
        int steps = (int) Math.round(STEPS * (1 + Double.parseDouble(System.getProperty(ADDED, "0"))));
        long[] cells = new long[CELLS];
        work(cells, WARM_UP, steps);
        long start = System.nanoTime();
        work(cells, OPERATIONS, steps);
        double nanos = System.nanoTime() - start;
        System.out.println(String.format(Locale.ROOT, "%.3f", nanos / OPERATIONS));
    }

    private static void work(long[] cells, int operations, int steps) {
        long state = 88172645463325252L;
        for (int operation = 0; operation < operations; operation++) {
            for (int step = 0; step < steps; step++) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                cells[(int) state & CELLS - 1] += state;
            }
        }
        seen = state;
    }
}
