package org.leaklab.heapdump.judge;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.code.Entered;
import org.leaklab.heapdump.code.Enters;
import org.leaklab.heapdump.code.Variables;
import org.leaklab.heapdump.code.WaitCall;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Says which objects the monitor of a blocked or waiting thread can be. A dump does not name monitors; it shows what
 * frames refer to. Where the monitor may be one that no frame shows, nothing is said of the thread:
 *
 * <ul>
 *   <li>{@code Object.wait} has its monitor as {@code this}. Compiled code drops that; then the code that calls it
 *       tells what it waits on, if its class file is there ({@link WaitCall}), or the monitor is in the frame that
 *       entered it, if that can only have been a {@code synchronized} block.
 *   <li>A block keeps its monitor in a variable until it leaves. A {@code synchronized} method has its receiver, which
 *       compiled code drops, or its class, which no frame shows. So a frame must show more than its method's arguments.
 *   <li>Whoever could enter a monitor that nobody owns is about to: {@link Owners} looks for its owner.
 * </ul>
 */
final class Monitors {

    private static final int[] NONE = {};
    private static final String ANYTHING = "java.lang.Object";
    private static final String QUEUE_OF_REFERENCES = "java.lang.ref.ReferenceQueue";

    private final Heap heap;
    private final DumpThreads threads;
    private final Bytecode bytecode;
    private final Variables variables;
    private final MonitorEvidence evidence;

    Monitors(Heap heap, DumpThreads threads, Bytecode bytecode, MonitorEvidence evidence) {
        this.heap = heap;
        this.threads = threads;
        this.bytecode = bytecode;
        this.variables = new Variables(heap);
        this.evidence = evidence;
    }

    /** A thread that waits to be let into a monitor. */
    ThreadWait entering(DumpThread thread) {
        MonitorEvidence.Claim claim = evidence.claim(thread);
        Wait claimed = claim == null ? null : claimed(thread, claim);
        if (claimed != null) {
            return ThreadWait.on(claimed);
        }
        Stacks.Frame top = thread.stack.get(0);
        if (top.type().equals("java.lang.Object")) {
            return ThreadWait.unknown("it was notified, and waits for the monitor again");
        }
        int[] shown = threads.held(thread, 0, 1);
        Entered entered = bytecode.entering(top, shown);
        if (entered != null && entered.wanted() >= 0) {
            return ThreadWait.on(new Wait.Entering(new int[] {entered.wanted()}));
        }
        if (!showsItsMonitor(top, shown)) {
            return ThreadWait.unknown("its frame does not show which monitor it is blocked on");
        }
        return ThreadWait.on(new Wait.Entering(shown));
    }

    /** What the JVM said of a thread that enters a monitor, or null if that is not enough. */
    private static @Nullable Wait claimed(DumpThread thread, MonitorEvidence.Claim claim) {
        if (claim.owner() == thread) {
            return null; // it waits in a way that its print does not tell apart
        }
        if (claim.owner() != null) {
            return new Wait.Owned(claim.monitor(), -1, claim.owner(), false);
        }
        return claim.monitor() >= 0 ? new Wait.Entering(new int[] {claim.monitor()}) : null;
    }

    /** A thread in {@code Object.wait}. */
    ThreadWait waiting(DumpThread thread) {
        Stack stack = thread.stack;
        int depth = stack.ofObject();
        MonitorEvidence.Claim claim = evidence.claim(thread);
        int[] shown = claim != null && claim.monitor() >= 0 ? new int[] {claim.monitor()} : receiver(thread, depth);
        if (shown.length == 0) { // compiled: ask the code that waits
            WaitCall call = depth < stack.size() ? bytecode.waits(stack.get(depth)) : null;
            shown = call == null ? NONE : waitedOn(thread, depth, call);
            if (shown.length == 0) { // look for who entered
                shown = inBlocks(thread, depth, call == null ? ANYTHING : call.type());
            }
        }
        if (shown.length == 0) {
            shown = queueOfReferences(thread, depth);
        }
        if (shown.length == 0) {
            return ThreadWait.unknown("compiled code does not show which monitor it waits on");
        }
        DumpThread joined = depth < stack.size() && isJoin(stack.get(depth)) ? threads.of(shown[0]) : null;
        return ThreadWait.on(
                joined == null ? new Wait.Reached(shown[0], shown, false) : new Wait.Owned(shown[0], -1, joined, true));
    }

    private static boolean isJoin(Stacks.Frame frame) {
        return frame.isOf("java.lang.Thread") && frame.method().equals("join");
    }

    /** What {@code Object.wait} was called on: what its frames hold beside the current thread, which is no help. */
    private int[] receiver(DumpThread thread, int depth) {
        return Arrays.stream(threads.held(thread, 0, depth))
                .filter(object -> object != thread.object)
                .toArray();
    }

    /**
     * What the frame that waits shows and can only be what it waits on; or may be, if it must be among them. A frame
     * shows its variables in their order, then its stack, and leaves out what is not used any more.
     */
    private int[] waitedOn(DumpThread thread, int depth, WaitCall call) {
        int[] may = Arrays.stream(threads.held(thread, depth, depth + 1))
                .filter(object -> variables.canBe(object, call.type()))
                .toArray();
        int[] must = Arrays.stream(may)
                .filter(object -> canBeNone(object, call.others()))
                .toArray();
        if (must.length > 0 || may.length == 0 || call.after() == null) {
            return must;
        }
        int last = may[may.length - 1];
        return canBeNone(last, call.after()) ? new int[] {last} : may;
    }

    private boolean canBeNone(int object, Set<String> types) {
        return types.stream().noneMatch(type -> variables.canBe(object, type));
    }

    /**
     * What can only have been entered by a block and can be of a type, if nothing that runs here can have entered
     * otherwise; else nothing.
     */
    private int[] inBlocks(DumpThread thread, int depth, String type) {
        Ints shown = new Ints();
        for (int i = depth; i < thread.stack.size(); i++) {
            Stacks.Frame frame = thread.stack.get(i);
            boolean joins = i == depth && isJoin(frame);
            Enters enters = joins ? Enters.OF_BLOCKS : bytecode.enters(frame);
            if (enters == Enters.OF_BLOCKS) {
                Arrays.stream(threads.held(thread, i, i + 1))
                        .filter(object -> variables.canBe(object, type))
                        .forEach(shown::add);
            } else if (enters != Enters.NONE) {
                return NONE;
            }
            if (joins) {
                break;
            }
        }
        return shown.toArray();
    }

    /**
     * The queue whose own lock is waited on: it looks for references after the wait, so even compiled code keeps it.
     */
    private int[] queueOfReferences(DumpThread thread, int depth) {
        Ints shown = new Ints();
        for (int i = depth; i < thread.stack.size() && thread.stack.get(i).isOf(QUEUE_OF_REFERENCES); i++) {
            Arrays.stream(threads.held(thread, i, i + 1))
                    .filter(object -> isQueueOfReferences(object))
                    .forEach(shown::add);
        }
        return shown.toArray();
    }

    private boolean isQueueOfReferences(int object) {
        DumpClass type = heap.classOf(object);
        return type != null && type.is(QUEUE_OF_REFERENCES);
    }

    /** Whether what a frame shows is more than the arguments of its method could be. */
    private boolean showsItsMonitor(Stacks.Frame frame, int[] shown) {
        if (bytecode.enters(frame) == Enters.OF_BLOCKS) {
            return shown.length > 0;
        }
        return !variables.canBe(shown, Variables.arguments(frame.signature()));
    }
}
