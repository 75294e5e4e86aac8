package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * For whom a thread waits that wants a {@code ReentrantReadWriteLock} which nobody has for writing.
 *
 * <p>Who wants to write waits for every thread that reads, also for itself. The lock counts the holds of its first
 * reader in fields, and those of others in a thread local each. Who stands in the queue behind another thread waits for
 * that thread to come first, or to give up. The lock also counts all holds: if threads that live have fewer, and none
 * is about to change that, a reader has ended with a hold, and nobody can write any more.
 */
final class ReadHolds {

    private static final String WRITE_LOCK = "java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock";
    private static final String SYNC = "java.util.concurrent.locks.ReentrantReadWriteLock$Sync";
    private static final int SHARED_SHIFT = 16;
    private static final int WIDE_SHARED_SHIFT = 32;

    private final Heap heap;
    private final Fields fields;
    private final DumpThreads threads;

    /** By what the holds of a lock are kept under in thread locals, the threads that have some. */
    private @Nullable Map<Integer, List<Hold>> holders;

    private @Nullable Boolean isSomebodyCounting;

    private record Hold(DumpThread thread, int count) {}

    ReadHolds(Heap heap, DumpThreads threads) {
        this.heap = heap;
        this.fields = new Fields(heap);
        this.threads = threads;
    }

    /**
     * Returns what a thread waits for, or null if the dump shows no thread that it waits for.
     *
     * @param lock the {@code Sync} that it is parked on, which has no owner
     * @param node its node in the queue, or -1
     */
    Wait.@Nullable Owned wait(DumpThread thread, int lock, int node, boolean interruptible) {
        if (wantsToWrite(thread)) {
            int first = fields.number(lock, "firstReaderHoldCount", 0) > 0 ? fields.reference(lock, "firstReader") : -1;
            if ((first >= 0 && threads.hasEnded(first)) || hasReaderThatEnded(lock, first)) {
                return new Wait.Owned(lock, -1, null, interruptible);
            }
            DumpThread holder = holder(thread, lock, first);
            if (holder != null) {
                return new Wait.Owned(lock, -1, holder, interruptible);
            }
        }
        DumpThread before = before(node);
        return before == null ? null : new Wait.Owned(lock, -1, before, interruptible);
    }

    private static boolean wantsToWrite(DumpThread thread) {
        return thread.stack.jdk().stream().anyMatch(frame -> frame.isOf(WRITE_LOCK));
    }

    /** The thread itself if it reads, else one that reads and waits, else any that reads. */
    private @Nullable DumpThread holder(DumpThread thread, int lock, int first) {
        List<DumpThread> all = new ArrayList<>();
        DumpThread firstReader = first < 0 ? null : threads.of(first);
        if (firstReader != null) {
            all.add(firstReader);
        }
        holds(lock).forEach(hold -> all.add(hold.thread()));
        if (all.contains(thread)) {
            return thread;
        }
        return all.stream().filter(holder -> holder.waits).findFirst().orElse(all.isEmpty() ? null : all.getFirst());
    }

    private boolean hasReaderThatEnded(int lock, int first) {
        long counted = first < 0 ? 0 : fields.number(lock, "firstReaderHoldCount", 0);
        for (Hold hold : holds(lock)) {
            counted += hold.count();
        }
        return allHolds(lock) > counted && !isSomebodyCounting();
    }

    /** How many holds of readers a lock counts; from JDK 25 on in a long. */
    private long allHolds(int lock) {
        DumpClass type = heap.classOf(lock);
        return type != null && type.is("java.util.concurrent.locks.AbstractQueuedLongSynchronizer")
                ? fields.wide(lock, "state") >>> WIDE_SHARED_SHIFT
                : fields.number(lock, "state", 0) >>> SHARED_SHIFT;
    }

    /** Whether a thread runs code of such a lock: it changes the count of the lock and its own one after the other. */
    private boolean isSomebodyCounting() {
        if (isSomebodyCounting == null) {
            isSomebodyCounting = threads.all().stream()
                    .anyMatch(thread ->
                            !thread.waits && thread.stack.jdk().stream().anyMatch(frame -> frame.isOf(SYNC)));
        }
        return isSomebodyCounting;
    }

    private List<Hold> holds(int lock) {
        return byLocal().getOrDefault(fields.reference(lock, "readHolds"), List.of());
    }

    private Map<Integer, List<Hold>> byLocal() {
        if (holders == null) {
            holders = new HashMap<>();
            for (DumpThread thread : threads.all()) {
                int table = fields.reference(fields.reference(thread.object, "threadLocals"), "table");
                for (int entry : table < 0 ? new int[0] : fields.elements(table)) {
                    int hold = fields.reference(entry, "value");
                    int count = fields.number(hold, "count", 0);
                    if (count > 0 && fields.wide(hold, "tid") == thread.id) {
                        holders.computeIfAbsent(fields.reference(entry, "referent"), ignored -> new ArrayList<>())
                                .add(new Hold(thread, count));
                    }
                }
            }
        }
        return holders;
    }

    /** The thread that must leave the queue first, or null: it is not seen, or there is none. */
    private @Nullable DumpThread before(int node) {
        int before = fields.reference(node, "prev");
        while (before >= 0 && fields.number(before, "status", 0) < 0) { // it has given up
            before = fields.reference(before, "prev");
        }
        int waiter = fields.reference(before, "waiter");
        return waiter < 0 ? null : threads.of(waiter);
    }
}
