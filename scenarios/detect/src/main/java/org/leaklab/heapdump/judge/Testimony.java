package org.leaklab.heapdump.judge;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.ThreadEvidence;
import org.leaklab.heapdump.graph.Heap;

/**
 * All that the JVM said of the threads of a dump beside the dump, held against the dump. The thread print is asked
 * first; the JSON dump only for a monitor whose owner the print does not know, because it takes the JVM longer.
 */
final class Testimony implements MonitorEvidence {

    private final Heap heap;
    private final DumpThreads threads;
    private final ThreadEvidence evidence;
    private final @Nullable PrintedThreads print;
    private @Nullable DumpedThreads json;
    private boolean asked;

    Testimony(Heap heap, DumpThreads threads, ThreadEvidence evidence) {
        this.heap = heap;
        this.threads = threads;
        this.evidence = evidence;
        this.print = evidence.print() == null ? null : new PrintedThreads(heap, threads, evidence.print());
    }

    /** The thread print, or null. */
    @Nullable
    PrintedThreads print() {
        return print;
    }

    /** By monitor, the thread that is known to own it; of other monitors nothing is said. */
    Map<Integer, DumpThread> owners() {
        return print == null ? Map.of() : print.owners();
    }

    private @Nullable DumpedThreads json() {
        if (!asked) {
            asked = true;
            json = evidence.json() == null ? null : new DumpedThreads(heap, threads, evidence.json());
        }
        return json;
    }

    @Override
    public @Nullable Claim claim(DumpThread thread) {
        Claim printed = print == null ? null : print.claim(thread);
        boolean wantsOwner = thread.state == Thread.State.BLOCKED && (printed == null || printed.owner() == null);
        DumpedThreads dumped = wantsOwner ? json() : null;
        Claim said = dumped == null ? null : dumped.claim(thread);
        return printed == null || said == null
                ? printed == null ? said : printed
                : new Claim(printed.monitor(), said.owner());
    }

    /** Those that waited in the dump and have done something since: they go on. */
    Map<DumpThread, ThreadWait> moved() {
        Set<DumpThread> moved = new HashSet<>();
        if (print != null) {
            moved.addAll(print.moved());
        }
        if (json != null) {
            moved.addAll(json.moved());
        }
        Set<Long> wentOn = evidence.wentOn();
        threads.all().stream()
                .filter(thread -> thread.id > 0 && wentOn.contains(thread.id))
                .forEach(moved::add);
        return moved.stream().collect(Collectors.toMap(thread -> thread, ignored -> ThreadWait.NONE));
    }
}
