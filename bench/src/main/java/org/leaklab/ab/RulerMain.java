package org.leaklab.ab;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * The work of the ruler: two fixed pieces, each a number of times.
 *
 * <ul>
 *   <li>clock: arithmetic in which each step waits for the one before. It takes longer when the clock is slower.
 *   <li>memory: reads a number of each line of 8 MB, one after the other. It takes longer when neighbours use the last
 *       level of the cache, or the memory.
 *   <li>waiting: how many times as long all of it took as it takes when nobody interrupts it. Each piece is taken apart
 *       into slices of some milliseconds for that; a quarter of them is faster than the figure of the piece.
 * </ul>
 *
 * <p>Two more pieces were tried and left out: a hand-off between two threads, and steps through memory in an order that
 * no cache foresees. From JVM to JVM each took either one time or six to seven times as long, on a machine that did not
 * change otherwise, so their bands were too wide to say anything.
 */
final class RulerMain {

    private static final int SLICES = 9;
    private static final int WARM_UP = 2;
    private static final int STEPS = 2_000_000;
    private static final int CELLS = 1 << 21;
    private static final int CELLS_OF_A_LINE = 16;
    private static final int PASSES = 4;

    private static volatile long seen;

    private RulerMain() {}

    /** Prints three numbers: nanoseconds of a slice of each piece, and how many times as long all took. */
    public static void main(String[] args) {
        int[] cells = new int[CELLS];
        Arrays.fill(cells, 1);
        long[] clock = slices(RulerMain::arithmetic);
        long[] memory = slices(() -> lines(cells));
        double all =
                LongStream.concat(Arrays.stream(clock), Arrays.stream(memory)).sum();
        double undisturbed = SLICES * (double) (figure(clock) + figure(memory));
        System.out.println(String.format(Locale.ROOT, "%d %d %.6f", figure(clock), figure(memory), all / undisturbed));
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

    /** Reads one number of each line of the cache, all of them several times. */
    private static long lines(int[] cells) {
        long sum = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < CELLS; i += CELLS_OF_A_LINE) {
                sum += cells[i];
            }
        }
        return sum;
    }
}
