package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a {@linkplain Reachability probe} found.
 *
 * @param threads those that nothing alive can reach any more, so that nobody can ever wake them
 * @param notes what could not be seen, and why; a sentence each
 * @param alive how many threads something reaches, or that run, or that wait with a timeout
 * @param unknown how many threads could not be looked at, by the reason
 * @param method how leaked threads were found and where their stacks come from, in a sentence
 * @param sound whether the probe found the thread that it had planted itself; if not, that nothing is leaked means
 *     nothing
 * @param took how long it took, collections included
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

    /** Keeps copies. */
    public Finding {
        threads = List.copyOf(threads);
        notes = List.copyOf(notes);
        unknown = Map.copyOf(unknown);
    }

    /** The leaked threads in groups. */
    public ThreadReport leaked() {
        return ThreadReport.of("reachability", SCOPE, threads, notes);
    }

    /** How many threads could not be looked at. */
    public int unknownCount() {
        return unknown.values().stream().mapToInt(Integer::intValue).sum();
    }
}
