package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.JsonThreadDump.DumpedThread;
import org.leaklab.heapdump.graph.Heap;

/**
 * What a JSON thread dump says of the monitors of threads, virtual ones too. It names an object by class and identity
 * hash code, which no heap dump has. So it tells which thread owns what another one wants, where only one owns an
 * object of that text, and of the object only the class: a claim has one that looks like it.
 */
final class DumpedThreads implements MonitorEvidence {

    private final Heap heap;
    private final DumpThreads threads;
    private final Map<Long, DumpedThread> dumped = new HashMap<>();
    private final Map<Long, DumpThread> byId = new HashMap<>();
    private final Map<String, Set<Long>> owners = new HashMap<>();
    private final Set<DumpThread> moved = new HashSet<>();

    DumpedThreads(Heap heap, DumpThreads threads, JsonThreadDump json) {
        this.heap = heap;
        this.threads = threads;
        for (DumpedThread thread : json.threads()) {
            dumped.put(thread.id(), thread);
            thread.owned()
                    .forEach(object -> owners.computeIfAbsent(object, ignored -> new HashSet<>(1))
                            .add(thread.id()));
        }
        for (DumpThread thread : threads.all()) {
            byId.put(thread.id, thread);
            DumpedThread at = dumped.get(thread.id);
            if (thread.waits && at != null && !thread.stack.isEmpty() && !isStill(thread, at)) {
                moved.add(thread);
            }
        }
    }

    /** Whether a thread has the state and the stack of the heap dump still. */
    static boolean isStill(DumpThread thread, DumpedThread at) {
        boolean sameState = at.state() == null || at.state() == thread.state;
        return sameState && SameStack.inJson(thread.stack, at.stack());
    }

    /** The threads that waited in the heap dump, and did something else when they were visited. */
    Set<DumpThread> moved() {
        return moved;
    }

    @Override
    public @Nullable Claim claim(DumpThread thread) {
        DumpedThread at = dumped.get(thread.id);
        String wanted = at == null || at.blockedOn() == null ? null : at.blockedOn();
        if (wanted == null || !isStill(thread, at)) {
            return null;
        }
        Set<Long> of = owners.getOrDefault(wanted, Set.of());
        DumpThread owner = of.size() == 1 ? byId.get(of.iterator().next()) : null;
        return owner == null ? null : new Claim(monitor(thread, wanted), owner);
    }

    /** An object of the class of a text on top of a stack, or -1: it shows what the thread waits on, and no more. */
    private int monitor(DumpThread thread, String text) {
        int found = -1;
        for (int object : threads.held(thread, 0, 1)) {
            found = isOf(object, text) ? object : found;
        }
        return found;
    }

    private boolean isOf(int object, String text) {
        int at = text.lastIndexOf('@');
        String type = heap.isClass(object) ? "java.lang.Class" : heap.typeName(object);
        return at >= 0 && SameStack.plain(type).equals(SameStack.plain(text.substring(0, at)));
    }
}
