package org.leaklab.heapdump.judge;

import java.util.ArrayList;
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
    private int stackless;
    private boolean hasStates;
    private boolean hasStacks;

    /** Numbers of the objects on stacks, and the frame of each, thread after thread. */
    private int[] held = NONE;

    private int[] frames = NONE;

    /** Numbers of objects on stacks of threads that the dump does not list. */
    private final Ints heldByNobody = new Ints();

    DumpThreads(Heap heap) {
        this.heap = heap;
        this.fields = new Fields(heap);
        states = new ThreadStates(heap);
        LongMap ofSerial = new LongMap();
        for (int i = 0; i < heap.roots().threads(); i++) {
            int object = heap.find(heap.roots().threadId(i));
            DumpThread thread = object < 0
                    ? null
                    : read(object, heap.stacks().get(heap.roots().trace(i)));
            if (thread != null) {
                ofSerial.put(heap.roots().serial(i), all.size());
                add(thread);
            }
        }
        gather(ofSerial);
        for (int object : heap.listed()) {
            addStackless(object);
        }
        all.forEach(this::keepsItsCarrier);
    }

    /** The carrier of a mounted thread does what that thread does, and waits for nothing itself. */
    private void keepsItsCarrier(DumpThread thread) {
        boolean mounted = thread.virtual && !thread.stack.isEmpty();
        int object = mounted ? fields.reference(thread.object, "carrierThread") : -1;
        DumpThread carrier = object < 0 ? null : of(object);
        if (carrier != null) {
            carrier.suspended = false;
        }
    }

    private void add(DumpThread thread) {
        thread.index = all.size();
        all.add(thread);
        byObject.put(thread.object, thread);
    }

    private @Nullable DumpThread read(int object, Stack stack) {
        DumpClass type = heap.classOf(object);
        if (type == null || Role.of(type) != Role.THREAD || byObject.get(object) != null) {
            return null;
        }
        boolean virtual = type.is("java.lang.BaseVirtualThread");
        ThreadStates.State state = states.of(object, virtual);
        hasStacks |= !stack.isEmpty();
        hasStates |= !stack.isEmpty() && state != null && state.state() != Thread.State.NEW;
        if (state != null && state.state() == Thread.State.TERMINATED) {
            return null;
        }
        int name = fields.reference(object, "name");
        String text = name < 0 ? null : fields.string(name);
        boolean waits = state != null && state.lasts() && !isBeingWoken(object, state);
        DumpThread thread = new DumpThread(
                object,
                fields.wide(object, "tid"),
                text == null ? "" : text,
                virtual,
                state == null ? Thread.State.RUNNABLE : state.state(),
                state == null ? "" : state.word(),
                waits,
                stack,
                virtual && (waits || state == null || !state.lasts()) ? parts(object) : NONE);
        if (state == null) {
            thread.unknown = "the state of the thread is none that is known";
        }
        return thread;
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
        int[] count = new int[all.size() + 1];
        for (int i = 0; i < roots.held(); i++) {
            int thread = (int) ofSerial.get(roots.heldBy(i));
            if (thread >= 0) {
                count[thread + 1]++;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).heldFrom = count[i];
            count[i + 1] += count[i];
            all.get(i).heldTo = count[i];
        }
        held = new int[roots.held()];
        frames = new int[roots.held()];
        for (int i = 0; i < roots.held(); i++) {
            int object = heap.find(roots.heldId(i));
            int number = (int) ofSerial.get(roots.heldBy(i));
            if (number < 0) {
                heldByNobody.add(object);
                continue;
            }
            DumpThread thread = all.get(number);
            held[thread.heldTo] = object;
            frames[thread.heldTo++] = roots.heldIn(i);
        }
    }

    /**
     * A virtual thread whose stack is not in the dump. One that has not begun to run has none yet; any other may hold
     * what others wait for.
     */
    private void addStackless(int object) {
        DumpClass type = heap.classOf(object);
        if (type == null || Role.of(type) != Role.THREAD || byObject.get(object) != null) {
            return;
        }
        boolean virtual = type.is("java.lang.BaseVirtualThread");
        ThreadStates.State state = states.of(object, virtual);
        if (!virtual
                || state == null
                || state.state() == Thread.State.NEW
                || state.state() == Thread.State.TERMINATED) {
            return;
        }
        DumpThread thread = read(object, Stack.NONE);
        if (thread != null) {
            add(thread);
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

    /** How many virtual threads have begun to run and have no stack in the dump. */
    int stackless() {
        return stackless;
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
        for (int i = thread.heldFrom; i < thread.heldTo; i++) {
            visitor.to(held[i]);
        }
    }

    /** What the frames between two of a thread hold, the outer one excluded. */
    int[] held(DumpThread thread, int from, int to) {
        Ints found = new Ints();
        for (int i = thread.heldFrom; i < thread.heldTo; i++) {
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
