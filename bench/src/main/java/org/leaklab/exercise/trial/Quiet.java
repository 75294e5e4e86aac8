package org.leaklab.exercise.trial;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether nothing has moved for so long that nothing will. Looks must come often and all agree: a thread that was woken
 * and has no processor yet looks as if it still waited, and who looks rarely on a busy machine has no processor
 * himself.
 */
final class Quiet {

    /** How long nothing moves, in milliseconds. */
    static final long MILLIS = 250;

    /** How often that is seen meanwhile, at least. */
    static final int LOOKS = 20;

    /** Looks that are further apart than this begin anew. */
    static final long GAP_MILLIS = 50;

    private static final double NANOS = 1e6;

    private final double scale;
    private final LongSupplier nanos;

    private List<Thread> threads = List.of();
    private long steps = -1;
    private int looks;
    private long since;
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
     * @param rests whether each of the threads waits without limit
     * @param threads those that live
     * @param steps how many steps they have made
     * @return whether they have rested for long enough
     */
    boolean lasts(boolean rests, List<Thread> threads, long steps) {
        long now = nanos.getAsLong();
        boolean same = looks > 0
                && steps == this.steps
                && threads.equals(this.threads)
                && now - lookedAt <= GAP_MILLIS * scale * NANOS;
        lookedAt = now;
        if (!rests) {
            looks = 0;
            return false;
        }
        if (!same) {
            looks = 0;
            since = now;
            this.steps = steps;
            this.threads = threads;
        }
        looks++;
        return looks >= LOOKS && now - since >= MILLIS * scale * NANOS;
    }
}
