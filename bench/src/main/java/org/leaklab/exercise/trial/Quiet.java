package org.leaklab.exercise.trial;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether nothing has moved for so long that nothing will. A thread that was woken and has no processor yet looks as if
 * it still waited. So looks must come often and all agree, and last many times as long as a thread that is woken
 * meanwhile waits for its processor.
 */
final class Quiet {

    /** How long nothing moves, in milliseconds. */
    static final long MILLIS = 250;

    /** The same where one may be about to enter a monitor. */
    static final long MONITOR_MILLIS = 1_500;

    /** How often that is seen meanwhile, at least. */
    static final int LOOKS = 20;

    /** Looks that are further apart than this begin anew. */
    static final long GAP_MILLIS = 50;

    /** How many times as long as the longest {@link Lag} nothing moves, at least. */
    static final int LAGS = 20;

    private static final double NANOS = 1e6;

    private final double scale;
    private final LongSupplier nanos;

    private List<Thread> threads = List.of();
    private long steps = -1;
    private int looks;
    private long since;
    private long longestLag;
    private long lookedAt;

    /**
     * @param scale how many times as patient
     * @param nanos the time, as {@link System#nanoTime()}
     */
    Quiet(double scale, LongSupplier nanos) {
        this.scale = scale;
        this.nanos = nanos;
    }

    /**
     * Takes a look.
     *
     * @param rest whether each of the threads waits without limit
     * @param threads those that live
     * @param steps how many steps they have made
     * @param lag how long a thread that was woken just now waited for a processor, in nanoseconds
     * @return whether they have rested for long enough
     */
    boolean lasts(Census.Rest rest, List<Thread> threads, long steps, long lag) {
        long now = nanos.getAsLong();
        boolean same = looks > 0
                && steps == this.steps
                && threads.equals(this.threads)
                && now - lookedAt <= GAP_MILLIS * scale * NANOS;
        lookedAt = now;
        if (rest == Census.Rest.NONE) {
            looks = 0;
            return false;
        }
        if (!same) {
            looks = 0;
            since = now;
            longestLag = 0;
            this.steps = steps;
            this.threads = threads;
        }
        looks++;
        longestLag = Math.max(longestLag, lag);
        long millis = rest == Census.Rest.PERHAPS ? MONITOR_MILLIS : MILLIS;
        return looks >= LOOKS && now - since >= Math.max(millis * scale * NANOS, LAGS * (double) longestLag);
    }
}
