package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of one {@linkplain Reachability#probe probe}.
 *
 * <p>Immutable. A snapshot in it does not hold its thread.
 *
 * @param threads the leaked threads. Nothing alive can reach them, so nothing can ever wake them. The list includes
 *     threads that an earlier probe found and that have not ended.
 * @param notes says what the probe could not see, and why; one sentence per note
 * @param alive number of threads that count as alive: they run, wait with a timeout, or something alive reaches them
 * @param unknown number of threads that the probe could not judge, by reason
 * @param method says how the probe found leaked threads and where their stacks come from
 * @param sound whether the probe found the thread that it leaks on purpose. If it is false, an empty list of threads
 *     does not mean that nothing is leaked.
 * @param took duration of the probe with its garbage collections
 */
public record Finding(
        List<ThreadSnapshot> threads,
        List<String> notes,
        int alive,
        Map<String, Integer> unknown,
        String method,
        boolean sound,
        Duration took) {

    static final String SCOPE = "virtual threads of the launcher";

    /** Creates a finding with copies of the lists and of the map. */
    public Finding {
        threads = List.copyOf(threads);
        notes = List.copyOf(notes);
        unknown = Map.copyOf(unknown);
    }

    /** Returns the leaked threads in groups, with the notes. */
    public ThreadReport leaked() {
        return ThreadReport.of("reachability", SCOPE, threads, notes);
    }

    /** Returns the number of threads that the probe could not judge. */
    public int unknownCount() {
        return unknown.values().stream().mapToInt(Integer::intValue).sum();
    }
}
