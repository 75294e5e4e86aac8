package org.leaklab.agent.probe;

import org.jspecify.annotations.Nullable;

/** Signs of life of a probe, for its watchdog. Memory: all fields are volatile. */
final class Life {

    private volatile long signs;
    private volatile @Nullable Round round;
    private volatile boolean over;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void sign() {
        signs++;
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
