package org.leaklab.heapdump.judge;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/** What a dump shows of its threads beside the judgement: their objects, what their frames hold, what they wait on. */
public final class ThreadFacts {

    private final Fields fields;
    private final DumpThreads threads;
    private final Judgement judgement;

    ThreadFacts(Heap heap, DumpThreads threads, Judgement judgement) {
        this.fields = new Fields(heap);
        this.threads = threads;
        this.judgement = judgement;
    }

    /** All threads that have been started and have not ended. */
    public List<DumpThread> all() {
        return threads.all();
    }

    /** Number of the {@code Thread} object. */
    public int object(DumpThread thread) {
        return thread.object;
    }

    /** The thread of a thread object that has been started and has not ended, or null. */
    public @Nullable DumpThread of(int object) {
        return object < 0 ? null : threads.of(object);
    }

    /** The JDK's word for the state, as the constants of {@code VirtualThread} have it, or empty. */
    public String word(DumpThread thread) {
        return thread.word;
    }

    /** Whether it is the launcher's thread, which runs {@code main}. */
    public boolean isMain(DumpThread thread) {
        return !thread.virtual && (thread.id <= 1 || thread.name.equals("main"));
    }

    /** What the frames between two hold, 0 the innermost, the outer one excluded. */
    public int[] held(DumpThread thread, int from, int to) {
        return threads.held(thread, from, to);
    }

    /** Visits all that the stack of a thread holds. */
    public void eachHeld(DumpThread thread, Edges.Visitor visitor) {
        threads.eachHeld(thread, visitor);
    }

    /** What lies on stacks that belong to no thread of the dump. */
    public int[] heldByNobody() {
        return threads.heldByNobody();
    }

    /** Objects that only a virtual thread starts to run with; they lead to its task. */
    public int[] parts(DumpThread thread) {
        return thread.parts.clone();
    }

    /**
     * What a thread waits on, with a limit or without: what it is parked on, or what may be the monitor that it waits
     * for a notification of. None if it waits on nothing, sleeps, or the dump does not show it.
     */
    public int[] waitsOn(DumpThread thread) {
        ThreadVerdict verdict = judgement.of(thread);
        int[] reached = verdict.reached();
        if (reached.length > 0) {
            return reached;
        }
        if (verdict.blocker() >= 0) {
            return new int[] {verdict.blocker()};
        }
        int depth = thread.stack.ofObject();
        if (depth > 0) {
            int[] receiver = Arrays.stream(threads.held(thread, 0, depth))
                    .filter(object -> object != thread.object)
                    .toArray();
            return receiver.length > 0 ? receiver : threads.held(thread, depth, depth + 1);
        }
        int parked = Parking.of(thread.stack).depth() > 0 ? fields.reference(thread.object, "parkBlocker") : -1;
        return parked < 0 ? new int[0] : new int[] {parked};
    }

    /** How many of the innermost frames are code of the JDK. */
    public static int jdkFrames(DumpThread thread) {
        return thread.stack.jdk().size();
    }

    /** Whether one of the innermost frames of the JDK is of a class, and of one of some methods if any are named. */
    public static boolean isIn(DumpThread thread, String type, String... methods) {
        return isIn(thread.stack, type, methods);
    }

    /** The same of a stack. */
    public static boolean isIn(Stack stack, String type, String... methods) {
        for (Stacks.Frame frame : stack.jdk()) {
            if (frame.isOf(type)
                    && (methods.length == 0 || Arrays.asList(methods).contains(frame.method()))) {
                return true;
            }
        }
        return false;
    }
}
