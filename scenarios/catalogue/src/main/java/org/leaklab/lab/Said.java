package org.leaklab.lab;

import java.io.Serializable;
import java.util.List;

/**
 * What a detector said about a cell.
 *
 * @param detector the detector's {@linkplain Detector#word() word}
 * @param sight whether it could see such threads
 * @param found how many threads it reported as leaked, or as left behind
 * @param suspected how many others it suspects; 0 if it has no such word
 * @param lines what it said, as lines of text
 */
public record Said(String detector, Sight sight, int found, int suspected, List<String> lines) implements Serializable {

    /** The verdict where the lab itself cannot tell which threads are stuck. */
    public static final String CANNOT_TELL = "?";

    /** Whether a detector can see such threads. If it cannot, that it reported none means nothing. */
    public enum Sight {
        /** It looked at the threads. */
        SEES,
        /** It said that it cannot see threads like these. */
        CANNOT_SEE
    }

    /** One that suspects nobody. */
    Said(String detector, Sight sight, int found, List<String> lines) {
        this(detector, sight, found, 0, lines);
    }

    /** Copies the lines. */
    public Said {
        lines = List.copyOf(lines);
    }

    /**
     * Compares the report with the number of stuck threads.
     *
     * @param stuck how many threads are stuck
     * @return {@code caught}, {@code caught 2 of 3}, {@code suspect}, {@code missed} or {@code cannot see} if threads
     *     are stuck; {@code silent}, {@code suspect} or {@code false alarm} if none is
     */
    public String verdict(int stuck) {
        if (stuck == 0) {
            return found > 0 ? "false alarm" : suspected > 0 ? "suspect" : "silent";
        }
        if (found == 0 && suspected > 0) {
            return "suspect";
        }
        if (found == 0) {
            return sight == Sight.CANNOT_SEE ? "cannot see" : "missed";
        }
        return found < stuck ? "caught " + found + " of " + stuck : "caught";
    }
}
