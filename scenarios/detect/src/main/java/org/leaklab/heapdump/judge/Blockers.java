package org.leaklab.heapdump.judge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.primitive.IntMap;

/**
 * Says through which objects a suspended thread can be woken, and whether it still waits: a thread that was woken a
 * moment before the dump looks the same as a waiting one, but for the thing that it waited on.
 *
 * <p>What a thread parks on stands in {@code Thread.parkBlocker}. {@link Synchronizer} lists the JDK's own. Other code
 * may park with a blocker that is a mere label, while its waker knows the thread: then the thread's own handle counts
 * as well. Monitors are {@link Monitors}' part.
 */
final class Blockers {

    private static final int[] NONE = {};
    private static final int WAITING = 1;
    private static final int CONDITION = 2;
    private static final String OWNER = "exclusiveOwnerThread";
    private static final String READER = "java.util.concurrent.locks.StampedLock$ReaderNode";

    private final Heap heap;
    private final Fields fields;
    private final DumpThreads threads;

    private final ReadHolds reads;
    private final Monitors monitors;

    /** By what is waited on for the end of a virtual thread, that thread. */
    private final IntMap<DumpThread> ends = new IntMap<>();

    /** The nodes through which threads are waited for, by thread. */
    private final IntMap<int[]> nodes = new IntMap<>();

    /** What is known of each stack that parks. */
    private final Map<Stack, Parking> parkings = new HashMap<>();

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
                int[] others = nodes.get(thread);
                int[] all = others == null ? new int[1] : Arrays.copyOf(others, others.length + 1);
                all[all.length - 1] = object;
                nodes.put(thread, all);
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
        monitors = new Monitors(heap, threads, bytecode, evidence);
    }

    /** What a thread waits for, as far as the dump shows it. */
    ThreadWait of(DumpThread thread) {
        if (!thread.waits) {
            return thread.word.isEmpty() ? ThreadWait.WITHOUT_STATE : ThreadWait.NONE;
        }
        ThreadWait found = find(thread);
        return found.isCandidate() && KeepAlive.isOne(thread, found.what())
                ? ThreadWait.explained(new Wait.OnPurpose(found.blocker()))
                : found;
    }

    /** Readers of a stamped lock stand in line behind the first of them, which wakes them all. */
    private void findCoWaiters() {
        DumpClass reader = heap.classByName(READER);
        for (int leader : reader == null ? NONE : heap.listed()) {
            if (heap.classOf(leader) == reader && waits(leader, Role.QUEUE_NODE)) {
                int node = fields.reference(leader, "cowaiters");
                while (node >= 0 && coWaiters.add(node)) {
                    node = fields.reference(node, "cowaiters");
                }
            }
        }
    }

    private ThreadWait find(DumpThread thread) {
        Stacks.Frame top = thread.stack.top();
        if (top == null) {
            return ThreadWait.unknown("its stack is not in the dump");
        } else if (thread.state == Thread.State.BLOCKED) {
            return monitors.entering(thread);
        } else if (top.type().equals("java.lang.Object") && top.method().startsWith("wait")) {
            return monitors.waiting(thread);
        } else if (parking(thread).depth() > 0) {
            return parked(thread);
        }
        return ThreadWait.unknown("it waits within the JVM, not by parking or by a monitor");
    }

    private ThreadWait parked(DumpThread thread) {
        int blocker = fields.reference(thread.object, "parkBlocker");
        if (blocker < 0 && fields.isSet(thread.object, "parkBlocker")) {
            return ThreadWait.unknown("what it is parked on is not in the dump");
        }
        DumpClass type = blocker < 0 ? null : heap.classOf(blocker);
        if (type == null) {
            int object = blocker < 0 ? thread.object : blocker;
            return ThreadWait.on(new Wait.Reached(blocker, new int[] {object}, blocker >= 0));
        }
        Parking parking = parking(thread);
        Synchronizer row = Synchronizer.of(type);
        if (row == null && parking.byJdk() && type.loaderId() == 0) {
            return ThreadWait.unknown(
                    "it is parked on a " + type.name() + ", and that is no synchronizer of the JDK that is known");
        }
        int node = row == null ? -1 : node(thread, row.node);
        Wait.@Nullable Owned owned = row == null ? null : owned(thread, blocker, row, node);
        boolean byHandle = !parking.byJdk() || isOfTheProgram(row, type);
        Wait wait = owned != null ? owned : new Wait.Reached(blocker, reaching(blocker, row, node), byHandle);
        boolean isOver = row != null && !row.waits(fields, thread, blocker, node);
        return isOver ? ThreadWait.explained(wait) : ThreadWait.on(wait);
    }

    /**
     * Whether the program has written this synchronizer itself. Then the program decides who goes on. Whoever knows a
     * waiting thread can unpark it, and the thread asks again.
     */
    private static boolean isOfTheProgram(@Nullable Synchronizer row, DumpClass type) {
        return (row == Synchronizer.QUEUED || row == Synchronizer.QUEUED_LONG) && type.loaderId() != 0;
    }

    /**
     * Through which objects a wait can be ended. After a signal the lock is one of them: the thread that frees it ends
     * the wait.
     */
    private int[] reaching(int blocker, @Nullable Synchronizer row, int node) {
        int lock = row != null && isSignalled(row, node) ? fields.reference(blocker, "this$0") : -1;
        return lock < 0 ? new int[] {blocker} : new int[] {blocker, lock};
    }

    private boolean isSignalled(Synchronizer row, int node) {
        return row.owner == Synchronizer.Owner.OF_LOCK
                && node >= 0
                && (fields.number(node, "status", 0) & CONDITION) == 0;
    }

    /** The wait for what only one thread gives, or null if there is no such thread. */
    private Wait.@Nullable Owned owned(DumpThread thread, int blocker, Synchronizer row, int node) {
        DumpThread joined = parking(thread).joins() ? ends.get(blocker) : null;
        if (joined != null) {
            return new Wait.Owned(joined.object, -1, joined, true);
        }
        if (isSignalled(row, node)) {
            int lock = fields.reference(blocker, "this$0");
            DumpClass type = lock < 0 ? null : heap.classOf(lock);
            Synchronizer ofLock = type == null ? null : Synchronizer.of(type);
            return ofLock == null ? null : owner(lock, ofLock, false);
        }
        Wait.Owned owned = owner(blocker, row, parking(thread).isInterruptible());
        boolean read = row.owner == Synchronizer.Owner.THREAD_OR_READERS && !fields.isSet(blocker, OWNER);
        return owned == null && read
                ? reads.wait(thread, blocker, node, parking(thread).isInterruptible())
                : owned;
    }

    /** The wait for a lock that only its owner gives up, or null if it is no such lock, or has no owner. */
    private Wait.@Nullable Owned owner(int lock, Synchronizer row, boolean interruptible) {
        boolean mayBeOwned =
                row.owner == Synchronizer.Owner.THREAD || row.owner == Synchronizer.Owner.THREAD_OR_READERS;
        int owner = mayBeOwned ? fields.reference(lock, OWNER) : -1;
        DumpThread thread = owner < 0 ? null : threads.of(owner);
        boolean known = owner >= 0 && (thread != null || threads.hasEnded(owner));
        return known ? new Wait.Owned(lock, lock, thread, interruptible) : null;
    }

    private Parking parking(DumpThread thread) {
        return parkings.computeIfAbsent(thread.stack, Parking::of);
    }

    /** A node of a thread whose wait is not over, or -1. */
    private int node(DumpThread thread, Role role) {
        int[] own = nodes.get(thread.object);
        for (int node : own == null ? NONE : own) {
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
}
