package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;

/**
 * What the JDK's own code parks on, a row each: its class, the node of a waiting thread if there is one, and who else
 * has a say. Whoever wakes a thread reaches what it is parked on; where there is an owner, only the owner does. Of what
 * is not listed here nothing is known. A row stands before those of its superclasses. A test holds the table against
 * the JDK that it runs on.
 */
enum Synchronizer {
    LOCK("java.util.concurrent.locks.ReentrantLock$Sync", Role.QUEUE_NODE, Owner.THREAD),
    READ_WRITE_LOCK("java.util.concurrent.locks.ReentrantReadWriteLock$Sync", Role.QUEUE_NODE, Owner.THREAD_OR_READERS),
    QUEUED("java.util.concurrent.locks.AbstractQueuedSynchronizer", Role.QUEUE_NODE, Owner.NONE),
    QUEUED_LONG("java.util.concurrent.locks.AbstractQueuedLongSynchronizer", Role.QUEUE_NODE, Owner.NONE),
    CONDITION("java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject", Role.QUEUE_NODE, Owner.OF_LOCK),
    CONDITION_LONG(
            "java.util.concurrent.locks.AbstractQueuedLongSynchronizer$ConditionObject",
            Role.QUEUE_NODE,
            Owner.OF_LOCK),
    STAMPED_LOCK("java.util.concurrent.locks.StampedLock", Role.QUEUE_NODE, Owner.NONE),
    TRANSFER_QUEUE("java.util.concurrent.LinkedTransferQueue", Role.DUAL_NODE, Owner.NONE),
    SYNCHRONOUS_QUEUE("java.util.concurrent.SynchronousQueue", Role.DUAL_NODE, Owner.NONE) {

        /** What it parks on is one of its nested classes; which one differs between JDKs. */
        @Override
        boolean isOf(DumpClass type) {
            return type.name().startsWith(this.type);
        }
    },
    EXCHANGER("java.util.concurrent.Exchanger", Role.EXCHANGE_NODE, Owner.NONE),
    COMPLETABLE_FUTURE("java.util.concurrent.CompletableFuture$Signaller", Role.SIGNALLER, Owner.NONE),
    PHASER("java.util.concurrent.Phaser$QNode", Role.SIGNALLER, Owner.NONE),
    FUTURE_TASK("java.util.concurrent.FutureTask", Role.NONE, Owner.NONE) {

        @Override
        boolean waits(Fields fields, DumpThread thread, int blocker, int node) {
            return fields.number(blocker, "state", 0) <= COMPLETING;
        }
    },
    FORK_JOIN_TASK("java.util.concurrent.ForkJoinTask", Role.NONE, Owner.NONE) {

        @Override
        boolean waits(Fields fields, DumpThread thread, int blocker, int node) {
            return fields.number(blocker, "status", 0) >= 0;
        }
    },
    /** An idle worker. */
    FORK_JOIN_POOL("java.util.concurrent.ForkJoinPool", Role.NONE, Owner.NONE),
    PUBLISHER("java.util.concurrent.SubmissionPublisher$BufferedSubscription", Role.NONE, Owner.NONE),
    /** Readers of a bin of the map; it knows the writer that waits for them. */
    MAP("java.util.concurrent.ConcurrentHashMap$TreeBin", Role.NONE, Owner.NONE);

    private static final int COMPLETING = 1;

    final String type;

    /** What stands for a waiting thread; its fields say whether the wait is over. */
    final Role node;

    final Owner owner;

    Synchronizer(String type, Role node, Owner owner) {
        this.type = type;
        this.node = node;
        this.owner = owner;
    }

    /** Who alone can give what a thread waits for. */
    enum Owner {
        /** Whoever reaches it can. */
        NONE,
        /** The thread in {@code exclusiveOwnerThread}, if there is one. */
        THREAD,
        /** The same, and if there is none those that read. */
        THREAD_OR_READERS,
        /** After it was signalled, the owner of its lock. */
        OF_LOCK
    }

    /** The row of a class, or null. */
    static @Nullable Synchronizer of(DumpClass type) {
        for (Synchronizer row : values()) {
            if (row.isOf(type)) {
                return row;
            }
        }
        return null;
    }

    boolean isOf(DumpClass type) {
        return type.is(this.type);
    }

    /**
     * Whether a wait is not over yet.
     *
     * @param node the node of the thread, if its own fields say that it waits; or -1
     */
    boolean waits(Fields fields, DumpThread thread, int blocker, int node) {
        return switch (this.node) {
            case QUEUE_NODE, DUAL_NODE, EXCHANGE_NODE -> node >= 0;
            case SIGNALLER -> fields.reference(blocker, "thread") == thread.object; // cleared by whoever wakes it
            case NONE, THREAD, CONTINUATION -> true;
        };
    }
}
