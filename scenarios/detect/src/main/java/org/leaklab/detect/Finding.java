package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of one {@linkplain Reachability#probe probe}.
 *
 * <p>Immutable. A snapshot in it does not hold its thread.
 *
 * @param threads the leaked threads. Nothing alive can reach what they wait on. Some of them could still be
 *     interrupted. The list includes threads that an earlier probe found and that have not ended.
 * @param unlessInterrupted the identifiers of those of the leaked threads that something alive could still interrupt,
 *     through their executor, scope or launcher. Empty for a detector of one launcher, which can itself interrupt all
 *     its threads.
 * @param suspects threads that are perhaps leaked: the garbage collections found them unreachable, but the probe also
 *     cleared weak or soft references that something alive held, and one of these may have led to them. Always empty
 *     for a detector of one launcher, which does not see those references.
 * @param notes says what the probe could not see, and why; one sentence per note
 * @param alive number of threads that count as alive: they run, wait with a timeout, or something alive reaches them
 * @param unknown number of threads that the probe could not judge, by reason
 * @param method says how the probe found leaked threads and where their stacks come from
 * @param sound whether the probe found the thread that it leaks on purpose. If it is false, an empty list of threads
 *     does not mean that nothing is leaked.
 * @param took duration of the probe with its garbage collections
 * @param scope says which threads the probe looked at
 */
public record Finding(
        List<ThreadSnapshot> threads,
        Set<Long> unlessInterrupted,
        List<ThreadSnapshot> suspects,
        List<String> notes,
        int alive,
        Map<String, Integer> unknown,
        String method,
        boolean sound,
        Duration took,
        String scope) {

    private static final String SCOPE = "virtual threads of the launcher";

    /** Creates a finding with copies of the lists and of the map. */
    public Finding {
        threads = List.copyOf(threads);
        unlessInterrupted = Set.copyOf(unlessInterrupted);
        suspects = List.copyOf(suspects);
        notes = List.copyOf(notes);
        unknown = Map.copyOf(unknown);
    }

    /** Creates a finding about the virtual threads of one launcher. */
    public Finding(
            List<ThreadSnapshot> threads,
            List<String> notes,
            int alive,
            Map<String, Integer> unknown,
            String method,
            boolean sound,
            Duration took) {
        this(threads, Set.of(), List.of(), notes, alive, unknown, method, sound, took, SCOPE);
    }

    /** Returns the leaked threads in groups, with the notes. */
    public ThreadReport leaked() {
        return ThreadReport.of("reachability", scope, threads, notes);
    }

    /** Returns the number of threads that the probe could not judge. */
    public int unknownCount() {
        return unknown.values().stream().mapToInt(Integer::intValue).sum();
    }
}
