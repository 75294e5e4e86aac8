package org.leaklab.agent.probe;

import org.jspecify.annotations.Nullable;

/**
 * Signs of life of a probe, for its watchdog. Memory: all fields are volatile, but for the one that a test sets before
 * the probe begins.
 */
final class Life {

    private volatile long signs;
    private volatile @Nullable Round round;
    private volatile boolean over;

    /** The sign with which a test lets the probe end. */
    private long last = Long.MAX_VALUE;

    /** For a test: the probe ends at a sign of life. */
    void endAt(long sign) {
        last = sign;
    }

    /** Called by the thread of the probe alone. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void sign() {
        signs++;
        if (signs == last) {
            Failure.here();
        }
    }

    long signs() {
        return signs;
    }

    /** The round that is to be put back if the probe dies, or null. */
    void round(@Nullable Round now) {
        round = now;
        sign();
    }

    @Nullable
    Round round() {
        return round;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
