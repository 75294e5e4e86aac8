package org.leaklab.bench.latency;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request under way. It ends once: with its answer, with its connection, or when its time is up. */
final class PendingRequest {

    private final long deadline;
    private final Ending ending;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable KeptConnection connection;

    /** Is told, once, that a call has ended. Must not block. */
    @FunctionalInterface
    interface Ending {
        /**
         * Called by the thread that noticed the end.
         *
         * @param answered whether it was by a good answer
         * @param at when, in nanoseconds of {@link System#nanoTime()}
         */
        void ended(boolean answered, long at);
    }

    PendingRequest(long deadline, Ending ending) {
        this.deadline = deadline;
        this.ending = ending;
    }

    /** Ends it; does nothing when it has ended already. */
    void end(boolean answered, long at) {
        if (over.compareAndSet(false, true)) {
            ending.ended(answered, at);
        }
    }

    boolean isOver() {
        return over.get();
    }

    boolean isDue(long now) {
        return deadline - now <= 0;
    }

    /** Says on which connection it is. */
    void on(KeptConnection taken) {
        connection = taken;
    }

    /** The connection that it is on, or null when it has got none yet. */
    @Nullable
    KeptConnection connection() {
        return connection;
    }
}
