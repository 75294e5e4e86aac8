package org.leaklab.core.live;

import org.jspecify.annotations.Nullable;

/**
 * What a detector implements to take part in launches: {@linkplain Hooks#attach attached} to one launcher, or
 * {@linkplain Launchers#attachToAll to all}.
 *
 * <p>Called on the starting and on the ending thread, so it must be safe for concurrent use, quick, and never block.
 * What it throws is dropped, unless a method says otherwise.
 */
public interface LaunchHook {

    /**
     * On whose behalf the current thread is about to start another: a test, say. The answer of the first hook that is
     * not null stays with the thread, as its {@link LiveThread#origin()}.
     */
    default @Nullable Object origin() {
        return null;
    }

    /** A thread is about to start; called by its creator. */
    default void starting(LiveThread thread) {}

    /**
     * Starts a thread in a way of its own, after it has {@linkplain LiveThread#unstarted taken} it. Called by the
     * thread's creator. What it throws goes to the caller of the launcher.
     *
     * @return false if it has done nothing: then the next hook is asked, and at last the launcher starts the thread
     */
    default boolean start(LiveThread thread) {
        return false;
    }

    /** A thread's task has ended; called on that thread, as its last act, while the thread is still listed. */
    default void ended(LiveThread thread, @Nullable Throwable failure) {}
}
