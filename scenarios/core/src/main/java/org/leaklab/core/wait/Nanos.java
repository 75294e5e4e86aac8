package org.leaklab.core.wait;

import java.time.Duration;

/** Durations as nanoseconds that can be added to {@link System#nanoTime()} without overflow. */
public final class Nanos {

    /** 146 years. */
    public static final long FOR_EVER = Long.MAX_VALUE / 2;

    private Nanos() {}

    /** The duration in nanoseconds, between zero and {@link #FOR_EVER}. */
    public static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        if (duration.toSeconds() >= FOR_EVER / 1_000_000_000L) {
            return FOR_EVER;
        }
        return duration.toNanos();
    }
}
