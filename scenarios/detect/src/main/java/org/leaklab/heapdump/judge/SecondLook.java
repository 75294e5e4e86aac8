package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.JsonThreadDump.DumpedThread;
import org.leaklab.heapdump.evidence.PrintedFrame;
import org.leaklab.heapdump.evidence.PrintedMonitor;
import org.leaklab.heapdump.evidence.PrintedThread;
import org.leaklab.heapdump.evidence.ThreadPrint;

/**
 * Whether threads that were found to be stuck have gone on. What is stuck stays so; what was in flight while the dump
 * was written has arrived by then. A platform thread, and the carrier of a mounted virtual one, must have the same
 * stack and the same processor time in two prints. Of an unmounted virtual thread only the state and the stack can be
 * compared, those of the heap dump and of a later JSON dump.
 */
public final class SecondLook {

    /** What is seen of a thread. */
    public enum Seen {
        /** It has not gone on. */
        STILL,
        /** It has gone on, or has ended. */
        WENT_ON,
        /** Nothing is seen of it. */
        NOT_SEEN
    }

    private final Map<Long, Printed> before;
    private final Map<Long, Printed> after;
    private final boolean isWhole;
    private final Map<Long, DumpedThread> json = new HashMap<>();
    private final boolean listsAll;

    private record Printed(
            PrintedThread thread,
            List<PrintedFrame> frames,
            @Nullable PrintedMonitor waitsFor,
            boolean mounted) {}

    /**
     * Compares what the process said.
     *
     * @param before right after the dump
     * @param after after the analysis
     * @param json after the analysis, or null
     * @param listsAll whether the JVM lists every virtual thread, so that one that is not in {@code json} has ended
     */
    public SecondLook(
            @Nullable ThreadPrint before,
            @Nullable ThreadPrint after,
            @Nullable JsonThreadDump json,
            boolean listsAll) {
        this.before = byId(before);
        this.after = byId(after);
        this.isWhole = after != null && after.isWhole();
        this.listsAll = json != null && listsAll;
        if (json != null) {
            json.threads().forEach(thread -> this.json.put(thread.id(), thread));
        }
    }

    private static Map<Long, Printed> byId(@Nullable ThreadPrint print) {
        Map<Long, Printed> threads = new HashMap<>();
        for (PrintedThread thread : print == null ? List.<PrintedThread>of() : print.threads()) {
            threads.put(thread.id(), new Printed(thread, thread.frames(), thread.waitsFor(), false));
            if (thread.carried() != 0 && !thread.carriedFrames().isEmpty()) {
                threads.put(
                        thread.carried(), new Printed(thread, thread.carriedFrames(), thread.carriedWaitsFor(), true));
            }
        }
        return threads;
    }

    /** What is seen of a thread; nothing is seen of one whose identifier the dump does not have. */
    public Seen of(DumpThread thread) {
        if (thread.id <= 0 || thread.stack.isEmpty()) {
            return Seen.NOT_SEEN;
        }
        Printed one = before.get(thread.id);
        Printed two = after.get(thread.id);
        if (two == null) {
            return thread.virtual ? unmounted(thread, one != null) : isWhole ? Seen.WENT_ON : Seen.NOT_SEEN;
        }
        if (!SameStack.inPrint(thread.stack, two.frames())) {
            return Seen.WENT_ON;
        }
        if (one == null) { // a virtual thread that has been mounted since
            return thread.virtual ? Seen.WENT_ON : Seen.NOT_SEEN;
        }
        if (one.thread().cpu() == null || two.thread().cpu() == null) {
            return Seen.NOT_SEEN;
        }
        boolean hasRun = !one.thread().cpu().equals(two.thread().cpu())
                || one.thread().id() != two.thread().id();
        return !hasRun || entersTheSame(one, two) ? Seen.STILL : Seen.WENT_ON;
    }

    /** A thread that waits to enter a monitor looks at it from time to time, and so uses the processor. */
    private boolean entersTheSame(Printed one, Printed two) {
        return wants(one) && wants(two) && ownerOf(before, one) != 0 && ownerOf(before, one) == ownerOf(after, two);
    }

    private static boolean wants(Printed at) {
        return at.waitsFor() != null
                && (at.waitsFor().kind() == PrintedMonitor.Kind.WAITING_TO_LOCK
                        || at.waitsFor().kind() == PrintedMonitor.Kind.WAITING_TO_RELOCK);
    }

    /** Identifier of the thread that owns what another one wants, in the same print; 0 if there is none. */
    private static long ownerOf(Map<Long, Printed> print, Printed waiter) {
        long address = waiter.waitsFor() == null ? 0 : waiter.waitsFor().address();
        for (Map.Entry<Long, Printed> each : print.entrySet()) {
            Printed at = each.getValue();
            boolean owns = address != 0
                    && (at.mounted() ? at.thread().carriedOwned() : at.thread().owned()).contains(address);
            if (owns) {
                return each.getKey();
            }
        }
        return 0;
    }

    private Seen unmounted(DumpThread thread, boolean wasMounted) {
        DumpedThread at = json.get(thread.id);
        if (wasMounted) {
            return Seen.WENT_ON;
        }
        if (at == null) {
            return listsAll ? Seen.WENT_ON : Seen.NOT_SEEN;
        }
        return DumpedThreads.isStill(thread, at) ? Seen.STILL : Seen.WENT_ON;
    }
}
