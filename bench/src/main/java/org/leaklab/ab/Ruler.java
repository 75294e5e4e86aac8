package org.leaklab.ab;

import java.io.IOException;
import java.util.Locale;

/** Says how fast the machine is, by fixed work of leaklab's. */
public interface Ruler {

    /**
     * What it found.
     *
     * @param clock nanoseconds of a fixed piece of arithmetic
     * @param memory nanoseconds of fixed reads of memory
     * @param waiting how many times as long all of it took as without interruptions
     */
    record Reading(double clock, double memory, double waiting) {

        double of(Piece piece) {
            return switch (piece) {
                case CLOCK -> clock;
                case MEMORY -> memory;
                case WAITING -> waiting;
            };
        }
    }

    /** What it looks at. */
    enum Piece {
        CLOCK,
        MEMORY,
        WAITING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Measures, for a fraction of a second. */
    Reading read() throws IOException, InterruptedException;
}
