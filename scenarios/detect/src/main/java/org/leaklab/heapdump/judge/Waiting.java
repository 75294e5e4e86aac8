package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which suspended threads wait on an object, and of which it is a part. */
final class Waiting {

    private final Map<Integer, List<DumpThread>> waiting = new HashMap<>();
    private final Map<Integer, DumpThread> wholes = new HashMap<>();

    /** Of all threads that are candidates now. */
    Waiting(DumpThreads threads) {
        for (DumpThread thread : threads.all()) {
            if (thread.candidate) {
                add(thread);
            }
        }
    }

    private void add(DumpThread thread) {
        for (int part : thread.parts) {
            wholes.put(part, thread);
        }
        if (thread.wait instanceof Wait.Reached reached) {
            for (int object : reached.objects()) {
                waiting.computeIfAbsent(object, ignored -> new ArrayList<>(1)).add(thread);
            }
        } else if (thread.wait instanceof Wait.Owned owned && owned.lock() >= 0) {
            waiting.computeIfAbsent(owned.lock(), ignored -> new ArrayList<>(1)).add(thread);
        }
    }

    /** Who waits on an object. */
    List<DumpThread> on(int object) {
        return waiting.getOrDefault(object, List.of());
    }

    /** The thread that an object is a part of, its continuation or its holder of fields, or null. */
    @Nullable
    DumpThread whole(int part) {
        return wholes.get(part);
    }
}
