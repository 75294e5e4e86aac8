package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a {@link Launcher} started, and what the launcher knows of it.
 *
 * <p>If a {@linkplain Launcher#factory factory} made the thread, it may not have been started yet.
 */
public sealed interface Launched permits Launch {

    /** The name that it was started under. Several threads may have the same name. */
    String name();

    /** The thread itself. */
    Thread thread();

    /** {@link System#nanoTime()} when the launcher made the thread, which is just before it starts it. */
    long startedAt();

    /** Name of the thread that asked the launcher for this one. The empty string if that thread has no name. */
    String creatorName();

    /** {@linkplain Thread#threadId() Identifier} of the thread that asked the launcher for this one. */
    long creatorId();

    /**
     * Whether anything still runs on the thread, or will: the task, or the {@linkplain Launcher#onFailure failure
     * handler} after it. True also before the thread starts.
     */
    boolean isLive();

    /** What the task threw. Null while the task runs, and if it returned normally. */
    @Nullable
    Throwable failure();

    /**
     * Whether a deadline will interrupt the thread: it is a task of a {@link TaskGroup} whose context has a deadline.
     * So no wait of it that heeds interrupts is without limit.
     */
    boolean isLimited();

    /**
     * Waits until the thread has ended, at most as long as the timeout.
     *
     * @return whether the thread has ended
     * @throws InterruptedException if the current thread is interrupted
     * @throws IllegalThreadStateException if a factory made the thread and nobody has started it
     */
    default boolean join(Duration timeout) throws InterruptedException {
        return thread().join(timeout);
    }
}
