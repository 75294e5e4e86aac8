package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.leaklab.heapdump.Findings.LeakedGroup;

/**
 * The places of leaks that a project knows of, so that only others are news. A text file keeps them, which people read
 * and edit. An entry is one line with the cause and what is waited on, and a line for each frame:
 *
 * <pre>
 * # Goes away with the new client.
 * unreachable, waits on java.util.concurrent.SynchronousQueue
 *     at java.util.concurrent.SynchronousQueue.put
 *     at com.example.Shop.send
 * </pre>
 *
 * <p>A line that begins with {@code #} is a comment. It belongs to the entry that begins on the next line.
 *
 * <p>Immutable.
 */
public final class KnownLeaks {

    static final List<String> HEAD = List.of(
            "# Leaked threads that are known. detect --known FILE and, in tests, leaklab.known=FILE read this file, and fail on others only.",
            "# An entry: the cause and what the threads wait on, then the frames that tell the place, the innermost first.",
            "# A group of threads is known if its stack begins with these frames. Add frames to know fewer groups.",
            "# A comment right above an entry belongs to it, and stays with it when the file is written again.");

    private final List<String> head;
    private final SortedMap<LeakPlace, List<String>> comments;

    /**
     * @param head comments that belong to no entry
     * @param comments the comments of each place, none for most
     */
    KnownLeaks(List<String> head, Map<LeakPlace, List<String>> comments) {
        this.head = List.copyOf(head);
        this.comments = new TreeMap<>(comments);
    }

    /** Returns one that knows of no leak. */
    public static KnownLeaks none() {
        return new KnownLeaks(HEAD, Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws IOException if there is no such file, or it cannot be read
     * @throws IllegalArgumentException if it is no file of known leaks; the message is one sentence that names the line
     */
    public static KnownLeaks read(Path file) throws IOException {
        return KnownLeaksFile.read(file);
    }

    /** Returns the places, in order. */
    public List<LeakPlace> places() {
        return List.copyOf(comments.keySet());
    }

    /** Returns whether a group of leaked threads is known. */
    public boolean contains(LeakedGroup group) {
        return comments.keySet().stream().anyMatch(place -> place.covers(group));
    }

    /** Returns the findings without the leaked threads that are known, and without circles of such threads alone. */
    public Findings without(Findings found) {
        return LeakedOnly.unknown(found, this);
    }

    /** Returns the places at which the findings have no leaked thread. */
    public List<LeakPlace> notMet(Findings found) {
        return comments.keySet().stream()
                .filter(place -> found.groups().stream().noneMatch(place::covers))
                .toList();
    }

    /**
     * Returns those that know of the leaks in these findings and of no others. A place that is known already stays as
     * it is, with its comments. A group without a stack has no place, so it cannot be known.
     */
    public KnownLeaks updated(Findings found) {
        Map<LeakPlace, List<String>> now = new TreeMap<>();
        for (LeakedGroup group : found.groups()) {
            List<LeakPlace> known = comments.keySet().stream()
                    .filter(place -> place.covers(group))
                    .toList();
            known.forEach(place -> now.put(place, comments.getOrDefault(place, List.of())));
            LeakPlace place = LeakPlace.of(group);
            if (known.isEmpty() && !place.frames().isEmpty()) {
                now.put(place, List.of());
            }
        }
        return new KnownLeaks(head, now);
    }

    /** Returns these, and other places. A place that is known already stays as it is, with its comments. */
    public KnownLeaks and(List<LeakPlace> places) {
        Map<LeakPlace, List<String>> now = new TreeMap<>(comments);
        places.forEach(place -> now.putIfAbsent(place, List.of()));
        return new KnownLeaks(head, now);
    }

    /** Returns the text of the file. */
    public String text() {
        StringBuilder text = new StringBuilder();
        (head.isEmpty() ? HEAD : head).forEach(line -> text.append(line).append('\n'));
        comments.forEach((place, lines) -> {
            text.append('\n');
            lines.forEach(line -> text.append(line).append('\n'));
            text.append(place.headline()).append('\n');
            place.frames().forEach(frame -> text.append("    at ").append(frame).append('\n'));
        });
        return text.toString();
    }
}
