package org.leaklab.soak;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.leaklab.core.Channel;
import org.leaklab.core.Received.Value;

/** Something wrong that a soak brings upon itself, so that one sees that it would notice. */
public enum Plant {
    NONE,
    /** A waiter that stays in the queue of the long-lived context. */
    WAITER,
    /** A context that is never closed, under the long-lived one. */
    CONTEXT,
    /** A thread that never ends. */
    THREAD,
    /** A worker that makes no progress any more. */
    STUCK,
    /** An item that is received and not accounted for. */
    ITEM,
    /** A permit that is not given back. */
    PERMIT,
    /** Memory that only grows. */
    MEMORY;

    private static final int GROWTH = 32 * 1024;

    /** The worker's step, and what is wrong with it. */
    Worker.Step around(Arena arena, Worker.Step step) {
        AtomicBoolean planted = new AtomicBoolean();
        return worker -> {
            if (this == MEMORY) {
                arena.kept.add(new byte[GROWTH]);
            } else if (this != NONE && !planted.get()) {
                planted.set(plant(arena, worker));
            }
            step.run(worker);
        };
    }

    /** Whether it is done. */
    private boolean plant(Arena arena, Worker worker) throws InterruptedException {
        return switch (this) {
            case WAITER -> {
                Thread.startVirtualThread(() -> {
                    try {
                        arena.root.done().receive();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("nobody interrupts", e);
                    }
                });
                yield true;
            }
            case CONTEXT -> !arena.root.withCancel().isDone();
            case THREAD -> {
                worker.threads.start("planted", () -> Channel.nil().receive());
                yield true;
            }
            case STUCK -> Channel.nil().receive() == null;
            case ITEM -> arena.channel(0).tryReceive() instanceof Value;
            case PERMIT -> arena.semaphore.tryAcquire(1);
            case NONE, MEMORY -> true;
        };
    }

    /** Whether it goes into a worker that nobody disturbs. */
    boolean isForPatient() {
        return this == STUCK;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
