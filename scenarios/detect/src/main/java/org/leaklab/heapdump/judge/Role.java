package org.leaklab.heapdump.judge;

import org.leaklab.heapdump.graph.DumpClass;

/** What an instance of a class of the JDK means for the question who waits for what. */
enum Role {
    NONE,
    /** A thread of any kind. */
    THREAD,
    /** Has {@code waiter} and {@code status}: a place in the queue of a synchronizer or stamped lock. */
    QUEUE_NODE,
    /** Has {@code waiter}, {@code item} and {@code isData}: a hand-over of a queue. */
    DUAL_NODE,
    /** Has {@code thread}, cleared by whoever wakes it. */
    SIGNALLER,
    /** Has {@code parked} and {@code match}. */
    EXCHANGE_NODE,
    /** A stack that can be put aside, other than that of a virtual thread. */
    CONTINUATION;

    private static final Role[] ALL = values();

    /** The role of a class of a dump that was loaded with {@link Judgement#kind}. */
    static Role of(DumpClass type) {
        return ALL[type.kind()];
    }

    /** The role of a class by its own name or its superclasses'. */
    static Role find(DumpClass type) {
        for (DumpClass c = type; c != null; c = c.superclass()) {
            switch (c.name()) {
                case "java.lang.Thread" -> {
                    return THREAD;
                }
                case "java.util.concurrent.locks.AbstractQueuedSynchronizer$Node",
                        "java.util.concurrent.locks.AbstractQueuedLongSynchronizer$Node",
                        "java.util.concurrent.locks.StampedLock$Node" -> {
                    return QUEUE_NODE;
                }
                case "java.util.concurrent.LinkedTransferQueue$DualNode" -> {
                    return DUAL_NODE;
                }
                case "java.util.concurrent.CompletableFuture$Signaller", "java.util.concurrent.Phaser$QNode" -> {
                    return SIGNALLER;
                }
                case "java.lang.VirtualThread$VThreadContinuation" -> {
                    return NONE;
                }
                case "jdk.internal.vm.Continuation" -> {
                    return CONTINUATION;
                }
                case "java.util.concurrent.Exchanger$Node" -> {
                    return EXCHANGE_NODE;
                }
                default -> {}
            }
        }
        return NONE;
    }
}
