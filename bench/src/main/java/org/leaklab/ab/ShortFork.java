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

    private ShortFork() {}

    /**
     * Prints nanoseconds of an operation, and where the generator stands at the end: it tells how much work was done.
     */
    public static void main(String[] args) {
        int steps = (int) Math.round(STEPS * (1 + Double.parseDouble(System.getProperty(ADDED, "0"))));
        long[] cells = new long[CELLS];
        long warm = work(cells, WARM_UP, steps);
        long start = System.nanoTime();
        long end = work(cells, OPERATIONS, steps);
        double nanos = System.nanoTime() - start;
        if (warm == end) {
            throw new AssertionError("the generator stood still");
        }
        System.out.println(String.format(Locale.ROOT, "%.3f %d", nanos / OPERATIONS, end));
    }

    private static long work(long[] cells, int operations, int steps) {
        long state = 88172645463325252L;
        for (int operation = 0; operation < operations; operation++) {
            for (int step = 0; step < steps; step++) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                cells[(int) state & CELLS - 1] += state;
            }
        }
        return state;
    }
}
