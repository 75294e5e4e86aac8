package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.primitive.IntMap;

/** Which suspended threads wait on an object, and of which it is a part. */
final class Waiting {

    private final IntMap<List<DumpThread>> waiting = new IntMap<>();
    private final IntMap<DumpThread> wholes = new IntMap<>();

    /** Of all threads that are candidates now. */
    Waiting(ThreadWaits waits) {
        waits.candidates().forEach(thread -> add(thread, waits.of(thread).what()));
    }

    private void add(DumpThread thread, @Nullable Wait wait) {
        for (int part : thread.parts) {
            wholes.put(part, thread);
        }
        if (wait instanceof Wait.Reached reached) {
            for (int object : reached.objects()) {
                add(object, thread);
            }
        } else if (wait instanceof Wait.Owned owned && owned.lock() >= 0) {
            add(owned.lock(), thread);
        }
    }

    private void add(int object, DumpThread thread) {
        List<DumpThread> others = waiting.get(object);
        if (others == null) {
            waiting.put(object, List.of(thread)); // most objects have one
            return;
        }
        List<DumpThread> all = others.size() == 1 ? new ArrayList<>(others) : others;
        all.add(thread);
        waiting.put(object, all);
    }

    /** Who waits on an object. */
    List<DumpThread> on(int object) {
        List<DumpThread> found = waiting.get(object);
        return found == null ? List.of() : found;
    }

    /** The thread that an object is a part of, its continuation or its holder of fields, or null. */
    @Nullable
    DumpThread whole(int part) {
        return wholes.get(part);
    }
}
