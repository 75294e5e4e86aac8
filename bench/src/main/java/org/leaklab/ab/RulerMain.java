package org.leaklab.ab;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * The work of the ruler: two fixed pieces, each a number of times.
 *
 * <ul>
 *   <li>clock: arithmetic in which each step waits for the one before. It takes longer when the clock is slower.
 *   <li>memory: steps through 8 MB in an order that no cache foresees. They take longer when neighbours use the last
 *       level of the cache, or the memory.
 *   <li>waiting: how many times as long all of it took as it takes when nobody interrupts it. Each piece is taken apart
 *       into slices of some milliseconds for that; a quarter of them is faster than the figure of the piece.
 * </ul>
 *
 * <p>A hand-off between two threads was tried as well and left out: on a machine with other work it takes either one or
 * seven microseconds, as the scheduler places the threads, so its band was too wide to say anything.
 */
final class RulerMain {

    private static final int SLICES = 9;
    private static final int WARM_UP = 2;
    private static final int STEPS = 2_000_000;
    private static final int CELLS = 1 << 21;
    private static final int LOADS = 25_000;

    private static volatile long seen;

    private RulerMain() {}

    /** Prints three numbers: nanoseconds of a slice of each piece, and how many times as long all took. */
    public static void main(String[] args) {
        int[] next = circle(CELLS);
        long[] clock = slices(RulerMain::arithmetic);
        long[] memory = slices(() -> loads(next));
        double all = LongStream.concat(Arrays.stream(clock), Arrays.stream(memory)).sum();
        double undisturbed = SLICES * (double) (figure(clock) + figure(memory));
        System.out.println(
                String.format(Locale.ROOT, "%d %d %.6f", figure(clock), figure(memory), all / undisturbed));
    }

    private static long[] slices(LongSupplier work) {
        long[] nanos = new long[SLICES];
        for (int slice = -WARM_UP; slice < SLICES; slice++) {
            long start = System.nanoTime();
            seen = work.getAsLong();
            if (slice >= 0) {
                nanos[slice] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long figure(long[] sorted) {
        return sorted[SLICES / 4];
    }

    private static long arithmetic() {
        long state = 88172645463325252L;
        for (int step = 0; step < STEPS; step++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        return state;
    }

    /** One circle through all cells (S. Sattolo, 1986). */
    private static int[] circle(int cells) {
        SplittableRandom random = new SplittableRandom(1);
        int[] next = new int[cells];
        Arrays.setAll(next, i -> i);
        for (int i = cells - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int other = next[i];
            next[i] = next[j];
            next[j] = other;
        }
        return next;
    }

    private static long loads(int[] next) {
        int at = 0;
        for (int load = 0; load < LOADS; load++) {
            at = next[at];
        }
        return at;
    }
}
