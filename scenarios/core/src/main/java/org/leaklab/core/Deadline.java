package org.leaklab.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.Nanos;

/**
 * When a context expires. It is a time of {@link System#nanoTime()}, a clock that nobody sets. Contexts below inherit
 * the same object. The time of day is for people: nothing is decided by it.
 */
final class Deadline {

    /** A wait of 73 years counts as one without a limit. */
    private static final long NEVER = Nanos.FOR_EVER / 2;

    /** The time of {@link System#nanoTime()}. */
    final long at;

    private volatile @Nullable Instant time;

    private Deadline(long at, @Nullable Instant time) {
        this.at = at;
        this.time = time;
    }

    /** In so many nanoseconds, from 0 to {@link Nanos#FOR_EVER}. */
    static Deadline in(long nanos) {
        return new Deadline(System.nanoTime() + nanos, nanos >= Nanos.FOR_EVER ? Instant.MAX : null);
    }

    /** In so many nanoseconds, from 0 to {@link Nanos#FOR_EVER}, which is a certain time of day at present. */
    static Deadline in(long nanos, Instant time) {
        return new Deadline(System.nanoTime() + nanos, time);
    }

    boolean isBefore(Deadline other) {
        return at - other.at < 0;
    }

    /** How many nanoseconds are left; 0 or less when it has passed, {@link Nanos#FOR_EVER} when it never will. */
    long nanosLeft() {
        long left = at - System.nanoTime();
        return left < NEVER ? left : Nanos.FOR_EVER;
    }

    /** The time of day, as the system clock showed it when this was asked for first. */
    Instant time() {
        Instant known = time;
        if (known == null) {
            known = Instant.now().plusNanos(at - System.nanoTime());
            time = known; // of two that are computed at once either is right
        }
        return known;
    }
}
