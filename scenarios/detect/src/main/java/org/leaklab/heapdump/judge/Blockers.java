package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Says through which objects a suspended thread can be woken, and whether it still waits: a thread that was woken a
 * moment before the dump looks the same as a waiting one, but for the thing that it waited on.
 *
 * <p>What a thread parks on stands in {@code Thread.parkBlocker}. The JDK's own synchronizers say through their nodes
 * whether the wait is over. Other code may park with a blocker that is a mere label, while its waker knows the thread:
 * then the thread's own handle counts as well. Monitors are {@link Monitors}' part.
 */
final class Blockers {

    private static final int WAITING = 1;
    private static final int CONDITION = 2;
    private static final int COMPLETING = 1;

    /** Locks that the JDK lets only their owner give up. Who may give up another subclass's is not known. */
    private static final List<String> OWNED = List.of(
            "java.util.concurrent.locks.ReentrantLock$Sync", "java.util.concurrent.locks.ReentrantReadWriteLock$Sync");

    private static final String READER = "java.util.concurrent.locks.StampedLock$ReaderNode";

    private final Heap heap;
    private final Fields fields;
    private final DumpThreads threads;

    private final ReadHolds reads;

    /** By what is waited on for the end of a virtual thread, that thread. */
    private final Map<Integer, DumpThread> ends = new HashMap<>();

    /** The nodes through which threads are waited for, by thread. */
    private final Map<Integer, Ints> nodes = new HashMap<>();

    /** Nodes of readers that wait behind another one. */
    private final Set<Integer> coWaiters = new HashSet<>();

    Blockers(Heap heap, DumpThreads threads, Bytecode bytecode, MonitorEvidence evidence) {
        this.heap = heap;
        this.fields = new Fields(heap);
        this.threads = threads;
        this.reads = new ReadHolds(heap, threads);
        for (int object : heap.listed()) {
            DumpClass type = heap.classOf(object);
            String field = type == null
                    ? ""
                    : switch (Role.of(type)) {
                        case QUEUE_NODE, DUAL_NODE -> "waiter";
                        case SIGNALLER -> "thread";
                        case EXCHANGE_NODE -> "parked";
                        case THREAD, CONTINUATION, NONE -> "";
                    };
            int thread = field.isEmpty() ? -1 : fields.reference(object, field);
            if (thread >= 0) {
                nodes.computeIfAbsent(thread, ignored -> new Ints()).add(object);
            }
        }
        findCoWaiters();
        for (DumpThread thread : threads.all()) {
            int latch = thread.virtual ? fields.reference(thread.object, "termination") : -1;
            int sync = latch < 0 ? -1 : fields.reference(latch, "sync");
            if (sync >= 0) {
                ends.put(sync, thread);
            }
        }
        Monitors monitors = new Monitors(heap, threads, bytecode, evidence);
        for (DumpThread thread : threads.all()) {
            if (thread.suspended && thread.unknown == null) {
                judge(thread, monitors);
            }
        }
    }

    /** Readers of a stamped lock stand in line behind the first of them, which wakes them all. */
    private void findCoWaiters() {
        for (int leader : heap.listed()) {
            DumpClass type = heap.classOf(leader);
            if (type != null && type.name().equals(READER) && waits(leader, Role.QUEUE_NODE)) {
                int node = fields.reference(leader, "cowaiters");
                while (node >= 0 && coWaiters.add(node)) {
                    node = fields.reference(node, "cowaiters");
                }
            }
        }
    }

    private void judge(DumpThread thread, Monitors monitors) {
        Stacks.Frame top = thread.top();
        if (top == null) {
            thread.unknown = "its stack is not in the dump";
        } else if (thread.state == Thread.State.BLOCKED) {
            monitors.entering(thread);
        } else if (top.type().equals("java.lang.Object") && top.method().startsWith("wait")) {
            monitors.waiting(thread);
        } else if (Parking.depth(thread.stack) > 0) {
            parked(thread);
        } else {
            thread.unknown = "it waits within the JVM, not by parking or by a monitor";
        }
        if (thread.candidate && KeepAlive.isOne(thread)) {
            thread.candidate = false;
            thread.wait = new Wait.OnPurpose(thread.blocker());
        }
    }

    private void parked(DumpThread thread) {
        int blocker = fields.reference(thread.object, "parkBlocker");
        if (blocker < 0 && fields.isSet(thread.object, "parkBlocker")) {
            thread.unknown = "what it is parked on is not in the dump";
            return;
        }
        DumpClass type = blocker < 0 ? null : heap.classOf(blocker);
        if (type == null) {
            int object = blocker < 0 ? thread.object : blocker;
            thread.wait = new Wait.Reached(blocker, new int[] {object}, blocker >= 0);
            thread.candidate = true;
            return;
        }
        thread.candidate = stillWaits(thread, blocker, type);
        Stacks.Frame caller = Parking.caller(thread.stack);
        thread.wait = waits(thread, blocker, type, caller == null || !caller.isJdk());
    }

    private Wait waits(DumpThread thread, int blocker, DumpClass type, boolean byHandle) {
        if (type.name().endsWith("Synchronizer$ConditionObject")) {
            int node = node(thread, Role.QUEUE_NODE);
            int lock = fields.reference(blocker, "this$0");
            if (node < 0 || (fields.number(node, "status", 0) & CONDITION) != 0 || lock < 0) {
                return new Wait.Reached(blocker, new int[] {blocker}, byHandle);
            }
            DumpClass lockType = heap.classOf(lock); // signalled: whoever frees the lock wakes it
            Wait owned = lockType == null ? null : owned(lock, lockType, false);
            return owned != null ? owned : new Wait.Reached(blocker, new int[] {blocker, lock}, byHandle);
        }
        DumpThread joined = joins(thread) ? ends.get(blocker) : null;
        Wait owned = joined != null
                ? new Wait.Owned(joined.object, -1, joined, true)
                : owned(blocker, type, isInterruptible(thread));
        if (owned == null
                && type.is("java.util.concurrent.locks.ReentrantReadWriteLock$Sync")
                && !fields.isSet(blocker, "exclusiveOwnerThread")) {
            owned = reads.wait(thread, blocker, node(thread, Role.QUEUE_NODE), isInterruptible(thread));
        }
        return owned != null ? owned : new Wait.Reached(blocker, new int[] {blocker}, byHandle);
    }

    /** The wait for a lock that only its owner gives up, or null if it is no such lock, or has no owner. */
    private @Nullable Wait owned(int lock, DumpClass type, boolean interruptible) {
        int owner = OWNED.stream().anyMatch(type::is) ? fields.reference(lock, "exclusiveOwnerThread") : -1;
        if (owner < 0) {
            return null;
        }
        DumpThread thread = threads.of(owner);
        return thread != null || threads.hasEnded(owner) ? new Wait.Owned(lock, lock, thread, interruptible) : null;
    }

    /** Whether the JDK's code that parks for a lock gives up when the thread is interrupted. */
    private static boolean isInterruptible(DumpThread thread) {
        return thread.stack.stream()
                .takeWhile(Stacks.Frame::isJdk)
                .anyMatch(frame -> frame.method().endsWith("Interruptibly"));
    }

    /** Whether it waits for the end of a virtual thread. */
    private static boolean joins(DumpThread thread) {
        return thread.stack.stream()
                .takeWhile(Stacks.Frame::isJdk)
                .anyMatch(frame ->
                        frame.isOf("java.lang.VirtualThread") && frame.method().equals("joinNanos"));
    }

    /** Whether the wait is not over yet, as far as what it waits on tells. */
    private boolean stillWaits(DumpThread thread, int blocker, DumpClass type) {
        if (type.name().endsWith("Synchronizer$ConditionObject")
                || type.is("java.util.concurrent.locks.AbstractQueuedSynchronizer")
                || type.is("java.util.concurrent.locks.AbstractQueuedLongSynchronizer")
                || type.is("java.util.concurrent.locks.StampedLock")) {
            return node(thread, Role.QUEUE_NODE) >= 0;
        }
        if (type.is("java.util.concurrent.LinkedTransferQueue")
                || type.name().startsWith("java.util.concurrent.SynchronousQueue")) {
            return node(thread, Role.DUAL_NODE) >= 0;
        }
        if (Role.of(type) == Role.SIGNALLER) {
            return fields.reference(blocker, "thread") == thread.object;
        }
        if (type.is("java.util.concurrent.Exchanger")) {
            return node(thread, Role.EXCHANGE_NODE) >= 0;
        }
        if (type.is("java.util.concurrent.FutureTask")) {
            return fields.number(blocker, "state", 0) <= COMPLETING;
        }
        if (type.is("java.util.concurrent.ForkJoinTask")) {
            return fields.number(blocker, "status", 0) >= 0;
        }
        return true;
    }

    /** A node of a thread whose wait is not over, or -1. */
    private int node(DumpThread thread, Role role) {
        Ints own = nodes.get(thread.object);
        for (int i = 0; own != null && i < own.size(); i++) {
            int node = own.get(i);
            DumpClass type = heap.classOf(node);
            if (type != null && Role.of(type) == role && (waits(node, role) || coWaiters.contains(node))) {
                return node;
            }
        }
        return -1;
    }

    private boolean waits(int node, Role role) {
        return switch (role) {
            case QUEUE_NODE -> (fields.number(node, "status", 0) & WAITING) != 0;
            case DUAL_NODE -> fields.flag(node, "isData") == fields.isSet(node, "item");
            case EXCHANGE_NODE -> !fields.isSet(node, "match");
            case NONE, THREAD, CONTINUATION, SIGNALLER -> true;
        };
    }

    /** Finds the code that parks. */
    static final class Parking {

        private static final List<String> PARKS = List.of(
                "java.util.concurrent.locks.LockSupport",
                "jdk.internal.misc.Unsafe",
                "java.lang.VirtualThread",
                "java.lang.System$1",
                "java.lang.System$2",
                "jdk.internal.vm.Continuation",
                "jdk.internal.access.JavaLangAccess");

        private Parking() {}

        /** How many of the innermost frames are the JDK's way to park. */
        static int depth(List<Stacks.Frame> stack) {
            int depth = 0;
            while (depth < stack.size() && PARKS.contains(stack.get(depth).type())) {
                depth++;
            }
            return depth;
        }

        /** The first frame below whose code decides to park, or null: reflection does what others ask for. */
        static Stacks.@Nullable Frame caller(List<Stacks.Frame> stack) {
            int depth = depth(stack);
            while (depth < stack.size() && isReflection(stack.get(depth).type())) {
                depth++;
            }
            return depth < stack.size() ? stack.get(depth) : null;
        }

        private static boolean isReflection(String type) {
            return type.startsWith("java.lang.invoke.")
                    || type.startsWith("java.lang.reflect.")
                    || type.startsWith("jdk.internal.reflect.");
        }
    }
}
