package org.leaklab.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives an alarm when a count of threads has grown in each of the last windows. Load goes up and down; a leak only goes
 * up.
 *
 * <p>The caller takes the counts. {@link CountAlarm} does that with a thread of its own. Not safe for use by several
 * threads.
 */
public final class GrowthAlarm {

    private final int windows;
    private final Deque<Integer> samples = new ArrayDeque<>();

    /**
     * Creates an alarm that has seen no count yet.
     *
     * @param windows number of windows in a row in which the count must grow
     * @throws IllegalArgumentException if {@code windows} is less than 1
     */
    public GrowthAlarm(int windows) {
        if (windows < 1) {
            throw new IllegalArgumentException("the number of windows must be at least 1, not " + windows);
        }
        this.windows = windows;
    }

    /**
     * Takes the count at the end of a window. Growth over <em>n</em> windows takes <em>n</em> + 1 counts.
     *
     * @return the text of the alarm if each of the last counts is greater than the one before it; empty otherwise
     */
    public Optional<String> sample(int count) {
        samples.addLast(count);
        if (samples.size() > windows + 1) {
            samples.removeFirst();
        }
        return samples.size() == windows + 1 && isGrowing() ? Optional.of(message()) : Optional.empty();
    }

    private boolean isGrowing() {
        Iterator<Integer> counts = samples.iterator();
        int previous = counts.next();
        while (counts.hasNext()) {
            int next = counts.next();
            if (next <= previous) {
                return false;
            }
            previous = next;
        }
        return true;
    }

    private String message() {
        String counts = samples.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "stuck threads growing: " + counts + " over " + windows + (windows == 1 ? " window" : " windows")
                + "; something starts threads that do not end";
    }
}
