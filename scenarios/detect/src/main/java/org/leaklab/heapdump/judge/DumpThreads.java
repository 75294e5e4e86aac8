package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Roots;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.primitive.IntMap;
import org.leaklab.heapdump.primitive.Ints;
import org.leaklab.heapdump.primitive.LongMap;

/** The threads of a dump that have been started and have not ended, with what their stacks hold. */
final class DumpThreads {

    private static final int[] NONE = {};

    private final Heap heap;
    private final Fields fields;
    private final ThreadStates states;
    private final List<DumpThread> all = new ArrayList<>();
    private final IntMap<DumpThread> byObject = new IntMap<>();

    /** Of those that are known, until all are. */
    private final List<Seen> seen = new ArrayList<>();

    private final BitSet known = new BitSet();

    /** Threads on which a virtual one is mounted: they do what that one does, and wait for nothing themselves. */
    private final BitSet carriers = new BitSet();

    private int stackless;
    private boolean hasStates;
    private boolean hasStacks;

    /** Numbers of the objects on stacks, and the frame of each, thread after thread. */
    private int[] held = NONE;

    private int[] frames = NONE;

    /** By index of a thread, where its references begin in {@link #held}; those of the next one are behind them. */
    private final int[] from;

    /** Numbers of objects on stacks of threads that the dump does not list. */
    private final Ints heldByNobody = new Ints();

    private record Seen(int object, long serial, boolean virtual, ThreadStates.@Nullable State state, Stack stack) {}

    DumpThreads(Heap heap) {
        this.heap = heap;
        this.fields = new Fields(heap);
        states = new ThreadStates(heap);
        Roots roots = heap.roots();
        for (int i = 0; i < roots.threads(); i++) {
            see(heap.find(roots.threadId(i)), roots.serial(i), heap.stacks().get(roots.trace(i)));
        }
        int listed = seen.size();
        for (int object : heap.listed()) {
            seeStackless(object);
        }
        LongMap ofSerial = new LongMap();
        for (Seen one : seen) {
            DumpThread thread = thread(one);
            if (thread.index < listed) {
                ofSerial.put(one.serial, thread.index);
            }
            all.add(thread);
            byObject.put(thread.object, thread);
        }
        from = new int[all.size() + 1];
        gather(ofSerial);
    }

    /** Notes a thread that has been started and has not ended, and which carrier it is mounted on. */
    private void see(int object, long serial, Stack stack) {
        DumpClass type = object < 0 ? null : heap.classOf(object);
        if (type == null || Role.of(type) != Role.THREAD || known.get(object)) {
            return;
        }
        boolean virtual = type.is("java.lang.BaseVirtualThread");
        ThreadStates.State state = states.of(object, virtual);
        hasStacks |= !stack.isEmpty();
        hasStates |= !stack.isEmpty() && state != null && state.state() != Thread.State.NEW;
        if (state != null && state.state() == Thread.State.TERMINATED) {
            return;
        }
        known.set(object);
        seen.add(new Seen(object, serial, virtual, state, stack));
        int carrier = virtual && !stack.isEmpty() ? fields.reference(object, "carrierThread") : -1;
        if (carrier >= 0) {
            carriers.set(carrier);
        }
    }

    private DumpThread thread(Seen seen) {
        int object = seen.object;
        ThreadStates.State state = seen.state;
        boolean lasts = state != null && state.lasts();
        boolean waits = lasts && !isBeingWoken(object, state);
        int name = fields.reference(object, "name");
        String text = name < 0 ? null : fields.string(name);
        return new DumpThread(
                object,
                all.size(),
                fields.wide(object, "tid"),
                text == null ? "" : text,
                seen.virtual,
                state == null ? Thread.State.RUNNABLE : state.state(),
                state == null ? "" : state.word(),
                waits && !carriers.get(object),
                seen.stack,
                seen.virtual && (waits || !lasts) ? parts(object) : NONE);
    }

    /**
     * Whether somebody has already done what will wake it. Only what ends this kind of wait counts: a virtual thread
     * that was once notified says so until it waits for a monitor again, an interrupt ends no wait to enter one, and a
     * permit to go on after {@code park} ends no {@code Object.wait}: a sleep can leave one behind. A mounted thread
     * that is notified is blocked at once.
     */
    private boolean isBeingWoken(int object, ThreadStates.State state) {
        boolean mounted = state.word().equals(ThreadStates.MOUNTED);
        if (state.state() == Thread.State.BLOCKED) {
            return !mounted && (fields.flag(object, "blockPermit") || fields.flag(object, "onWaitingList"));
        }
        boolean inObjectWait = state.word().equals("WAIT");
        if (mounted || fields.flag(object, "interrupted")) {
            return fields.flag(object, "interrupted");
        }
        return inObjectWait
                ? fields.flag(object, "notified") || fields.flag(object, "onWaitingList")
                : fields.flag(object, "parkPermit");
    }

    private int[] parts(int object) {
        int continuation = fields.reference(object, "cont");
        int run = fields.reference(object, "runContinuation");
        if (continuation < 0 || run < 0) {
            return continuation < 0 && run < 0 ? NONE : new int[] {Math.max(continuation, run)};
        }
        return new int[] {continuation, run};
    }

    /** Sorts what stacks hold by thread. */
    private void gather(LongMap ofSerial) {
        Roots roots = heap.roots();
        for (int i = 0; i < roots.held(); i++) {
            int thread = (int) ofSerial.get(roots.heldBy(i));
            if (thread >= 0) {
                from[thread + 1]++;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            from[i + 1] += from[i];
        }
        int[] to = from.clone();
        held = new int[roots.held()];
        frames = new int[roots.held()];
        for (int i = 0; i < roots.held(); i++) {
            int object = heap.find(roots.heldId(i));
            int thread = (int) ofSerial.get(roots.heldBy(i));
            if (thread < 0) {
                heldByNobody.add(object);
                continue;
            }
            held[to[thread]] = object;
            frames[to[thread]++] = roots.heldIn(i);
        }
    }

    /**
     * Notes a virtual thread whose stack is not in the dump. One that has not begun to run has none yet; any other may
     * hold what others wait for.
     */
    private void seeStackless(int object) {
        DumpClass type = heap.classOf(object);
        if (type == null || Role.of(type) != Role.THREAD || known.get(object)) {
            return;
        }
        boolean virtual = type.is("java.lang.BaseVirtualThread");
        ThreadStates.State state = virtual ? states.of(object, true) : null;
        if (state != null && state.state() != Thread.State.NEW && state.state() != Thread.State.TERMINATED) {
            see(object, 0, Stack.NONE);
            stackless += state.word().equals("STARTED") ? 0 : 1;
        }
    }

    List<DumpThread> all() {
        return all;
    }

    /** The thread of a thread object, or null. */
    @Nullable
    DumpThread of(int object) {
        return byObject.get(object);
    }

    /** Whether an object is a thread that has run and has ended. */
    boolean hasEnded(int object) {
        DumpClass type = heap.classOf(object);
        ThreadStates.State state = type == null || Role.of(type) != Role.THREAD
                ? null
                : states.of(object, type.is("java.lang.BaseVirtualThread"));
        return state != null && state.state() == Thread.State.TERMINATED;
    }

    /** Whether no thread that runs has a state: the numbers of the dump were overwritten. */
    boolean areBlanked() {
        return hasStacks && !hasStates;
    }

    /** Whether no thread has a stack: some tools leave them out. */
    boolean areWithoutStacks() {
        return !hasStacks;
    }

    /** How many virtual threads have begun to run and have no stack in the dump. */
    int stackless() {
        return stackless;
    }

    /** Where the references of a thread's stack begin. */
    int from(DumpThread thread) {
        return from[thread.index];
    }

    /** Behind the last of the references of a thread's stack. */
    int to(DumpThread thread) {
        return from[thread.index + 1];
    }

    /** Number of an object on a stack, or -1. */
    int held(int reference) {
        return held[reference];
    }

    /** The frame that holds it, 0 the innermost, or -1 for native code. */
    int frame(int reference) {
        return frames[reference];
    }

    /** Visits all that a thread's stack holds. */
    void eachHeld(DumpThread thread, Edges.Visitor visitor) {
        for (int i = from(thread); i < to(thread); i++) {
            visitor.to(held[i]);
        }
    }

    /** What the frames between two of a thread hold, the outer one excluded. */
    int[] held(DumpThread thread, int from, int to) {
        Ints found = new Ints();
        for (int i = from(thread); i < to(thread); i++) {
            if (frames[i] >= from && frames[i] < to && held[i] >= 0) {
                found.add(held[i]);
            }
        }
        return found.toArray();
    }

    /** What lies on stacks that belong to no thread of the dump. */
    int[] heldByNobody() {
        return heldByNobody.toArray();
    }
}
