package org.leaklab.detect;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * The report of a detector: the threads that it found, in groups, and notes that help to read them.
 *
 * @param detector name of the detector
 * @param scope says which threads the detector looked at
 * @param groups the groups of threads, the largest first
 * @param notes sentences, for example what the detector could not see, and why
 */
public record ThreadReport(String detector, String scope, List<StuckGroup> groups, List<String> notes)
        implements Serializable {

    /** Creates a report with copies of the lists. */
    public ThreadReport {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }

    /** Creates a report and puts the threads into groups. */
    public static ThreadReport of(
            String detector, String scope, Collection<ThreadSnapshot> threads, List<String> notes) {
        return new ThreadReport(detector, scope, StuckGroup.of(threads), notes);
    }

    /** Returns the number of threads in all groups. */
    public int count() {
        return groups.stream().mapToInt(StuckGroup::count).sum();
    }
}
