package org.leaklab.detect;

import java.util.Collection;
import java.util.List;

/**
 * What a detector says: groups of stuck threads, and what must be known to read them.
 *
 * @param detector name of the detector
 * @param scope which threads it looked at, in words
 * @param groups the largest first
 * @param notes what it could not see, and why; a sentence each
 */
public record ThreadReport(String detector, String scope, List<StuckGroup> groups, List<String> notes) {

    /** Keeps copies. */
    public ThreadReport {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }

    /** A report on threads that were looked at one by one. */
    public static ThreadReport of(
            String detector, String scope, Collection<ThreadSnapshot> threads, List<String> notes) {
        return new ThreadReport(detector, scope, StuckGroup.of(threads), notes);
    }

    /** How many threads are in it. */
    public int count() {
        return groups.stream().mapToInt(StuckGroup::count).sum();
    }
}
