package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thread that a {@link Launcher} started, and what the launcher knows of it. */
public sealed interface Launched permits Launch {

    /** The name it was started under. Several threads may share one. */
    String name();

    /** The thread itself. */
    Thread thread();

    /** {@link System#nanoTime()} at its start. */
    long startedAt();

    /** Name of the thread that started it, or the empty string for an unnamed one. */
    String creatorName();

    /** {@linkplain Thread#threadId() Identifier} of the thread that started it. */
    long creatorId();

    /** Whether its task has not ended yet. */
    boolean isLive();

    /** What its task threw at its end, or null while it runs and after a normal end. */
    @Nullable
    Throwable failure();

    /**
     * Waits until the thread has ended.
     *
     * @return whether it ended in time
     * @throws InterruptedException if the waiting thread is interrupted
     */
    default boolean join(Duration timeout) throws InterruptedException {
        return thread().join(timeout);
    }
}
