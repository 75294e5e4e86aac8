package org.leaklab.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Goes off when a count of threads has grown in each of the last so many windows: load goes up and down, a leak only
 * goes up.
 *
 * <p>Not safe for use by several threads.
 */
public final class GrowthAlarm {

    private final int windows;
    private final Deque<Integer> samples = new ArrayDeque<>();

    /** An alarm on growth over so many windows in a row, at least one. */
    public GrowthAlarm(int windows) {
        if (windows < 1) {
            throw new IllegalArgumentException("growth is seen over at least 1 window, not " + windows);
        }
        this.windows = windows;
    }

    /**
     * Takes the count at the end of a window.
     *
     * @return the alarm, if the count has grown in every one of the last windows
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
