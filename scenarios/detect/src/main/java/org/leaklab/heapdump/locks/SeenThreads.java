package org.leaklab.heapdump.locks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The threads of one thread dump.
 *
 * @param threads the threads, in the order of the dump
 * @param atOneMoment whether all of them stood still while the dump was taken
 * @param notes what the dump does not show, sentences
 */
public record SeenThreads(List<SeenThread> threads, boolean atOneMoment, List<String> notes) {

    /** Returns the threads by their identifiers. */
    public Map<Long, SeenThread> byId() {
        Map<Long, SeenThread> byId = new LinkedHashMap<>();
        threads.forEach(thread -> byId.put(thread.id(), thread));
        return byId;
    }
}
