package org.leaklab.ab;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * A fork of each side, one after the other, with the ruler before and after them.
 *
 * @param number from 1 on
 * @param baseFirst which came first
 * @param moved what of the ruler moved further than its band; empty where the machine held still
 * @param seconds that it took, with the ruler after it
 * @param base what JMH wrote of the fork of this side
 * @param now what it wrote of the other
 */
public record Pair(
        int number,
        boolean baseFirst,
        Ruler.Reading before,
        Ruler.Reading after,
        List<String> moved,
        double seconds,
        ArrayNode base,
        ArrayNode now) {

    public Pair {
        moved = List.copyOf(moved);
    }

    /** Whether the machine moved. */
    public boolean isDisturbed() {
        return !moved.isEmpty();
    }

    /** Which side comes first in a pair of this number: ABBA, so that what drifts is for and against each alike. */
    static boolean isBaseFirst(int number) {
        return number % 2 == 1;
    }
}
