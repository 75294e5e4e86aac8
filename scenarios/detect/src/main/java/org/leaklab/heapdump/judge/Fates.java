package org.leaklab.heapdump.judge;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the marking has decided of each thread so far. A candidate begins as stuck. It can only rise from there, once:
 * it goes on, or it may go on for a reason. One that stays stuck can still be reached by an interrupt, through an
 * object.
 */
final class Fates {

    private final ThreadWaits waits;
    private final BitSet stuck = new BitSet();
    private final Map<DumpThread, String> doubts = new HashMap<>();
    private final Map<DumpThread, Integer> interrupted = new HashMap<>();

    Fates(ThreadWaits waits) {
        this.waits = waits;
        waits.candidates().forEach(thread -> stuck.set(thread.index));
    }

    /** Whether nothing was seen to end its wait, but perhaps an interrupt. */
    boolean isStuck(DumpThread thread) {
        return stuck.get(thread.index);
    }

    /** Whether it is stuck, and an interrupt would end its wait. */
    boolean endsByInterrupt(DumpThread thread) {
        return isStuck(thread) && waits.of(thread).endsByInterrupt();
    }

    void goesOn(DumpThread thread) {
        stuck.clear(thread.index);
    }

    void mayGoOn(DumpThread thread, String why) {
        stuck.clear(thread.index);
        doubts.put(thread, why);
    }

    /** Lets an interrupt reach it; returns whether that is new. */
    boolean interrupt(DumpThread thread, int through) {
        return interrupted.putIfAbsent(thread, through) == null;
    }

    boolean isInterrupted(DumpThread thread) {
        return interrupted.containsKey(thread);
    }

    /** Why it may go on, or null. */
    @Nullable
    String doubt(DumpThread thread) {
        return doubts.get(thread);
    }

    /** What would lead to it after an interrupt: itself, or one of its blockers; or -1 if nothing would. */
    int through(DumpThread thread) {
        return interrupted.getOrDefault(thread, -1);
    }
}
