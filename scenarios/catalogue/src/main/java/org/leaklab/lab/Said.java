package org.leaklab.lab;

import java.io.Serializable;
import java.util.List;

/**
 * What a detector said of a cell.
 *
 * @param detector its word
 * @param found how many threads it reported
 * @param lines what it said, for people
 */
public record Said(String detector, Sight sight, int found, List<String> lines) implements Serializable {

    /** Whether a detector's silence means anything. */
    public enum Sight {
        /** It looked at the threads that were there. */
        SEES,
        /** It said itself that it cannot look at threads like these. */
        CANNOT_SEE
    }

    /** Copies the lines. */
    public Said {
        lines = List.copyOf(lines);
    }

    /** Held against how many threads are stuck: {@code caught}, {@code missed}, {@code cannot see}, and so on. */
    public String verdict(int stuck) {
        if (stuck == 0) {
            return found == 0 ? "silent" : "false alarm";
        }
        if (found == 0) {
            return sight == Sight.CANNOT_SEE ? "cannot see" : "missed";
        }
        return found < stuck ? "caught " + found + " of " + stuck : "caught";
    }
}
