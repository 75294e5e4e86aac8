package org.leaklab.agent.probe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a thread that nobody reached. It holds neither the thread nor what it waits on.
 *
 * @param blockerHash identity hash of what it waits on, 0 for nothing
 * @param rounds how many collections have found it unreachable
 * @param reached whether something alive reached its executor or scope, and could interrupt it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares finds
record Find(
        long id,
        String name,
        Kind kind,
        @Nullable String blocker,
        int blockerHash,
        StackTraceElement[] stack,
        int rounds,
        boolean reached) {

    /** Whether a thread is still where it was. */
    boolean isAt(@Nullable Object nowOn, StackTraceElement[] now) {
        return System.identityHashCode(nowOn) == blockerHash && Arrays.equals(now, stack);
    }

    /**
     * Whether the thread waits for the collector, which puts references into queues and is reached by nobody. JDK 21
     * parks there; later ones wait on a monitor.
     */
    boolean waitsForTheCollector() {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals("java.lang.ref.ReferenceQueue")
                    && frame.getMethodName().startsWith("remove")) {
                return true;
            }
        }
        return false;
    }

    Find again(boolean nowReached) {
        return new Find(id, name, kind, blocker, blockerHash, stack, rounds + 1, nowReached);
    }

    /** Another collection, which left the threads of reached executors alone, has not found it: they reach it. */
    Find behindOthers() {
        return new Find(id, name, kind, blocker, blockerHash, stack, rounds, true);
    }
}
