package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * Sees threads start and finish; how detectors attach to a {@link Launcher}.
 *
 * <p>Called on the starting and on the ending thread, so it must be safe for concurrent use, quick, and never block.
 * What it throws is dropped.
 */
public interface LaunchObserver {

    /** A thread is about to start; called by its creator. */
    default void started(Launched launched) {}

    /** A thread's task has ended; called on that thread, as its last act. */
    default void finished(Launched launched, @Nullable Throwable failure) {}
}
