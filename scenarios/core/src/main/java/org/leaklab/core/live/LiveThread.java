package org.leaklab.core.live;

import org.jspecify.annotations.Nullable;

/**
 * A launched thread, as the list of live threads and the hooks of detectors know it. The launcher's own record of the
 * thread extends this.
 *
 * <p>Memory: origin, first action and how the thread is started are written before its start, so the thread itself sees
 * them. A detector that reads them of a thread which is about to start may not see them yet.
 */
public abstract non-sealed class LiveThread extends LiveEntry {

    private final @Nullable Object origin;
    private boolean startedByLauncher;
    private @Nullable Made made;
    private boolean startedByHook;
    private @Nullable Runnable first;
    private @Nullable Object attachment;

    /** Guarded by the lock of the stripe of {@link LiveThreads} that it is in. */
    @Nullable
    StandIn standIn;

    /**
     * A thread that is about to be started.
     *
     * @param origin on whose behalf, as {@link Hooks#origin()} says
     */
    protected LiveThread(@Nullable Object origin) {
        this.origin = origin;
    }

    /** The thread itself. */
    public abstract Thread thread();

    /** On whose behalf the thread was started, as the first hook said that knew; null when none did. */
    public final @Nullable Object origin() {
        return origin;
    }

    /**
     * Whether its launcher has started it, and not somebody who got it from a {@link java.util.concurrent.ThreadFactory
     * factory}: an executor, say, which may hold it.
     */
    public final boolean isStartedByLauncher() {
        return startedByLauncher;
    }

    /** Whether a hook has started it. */
    public final boolean isStartedByHook() {
        return startedByHook;
    }

    /**
     * Starts the thread, or has a hook start it.
     *
     * @throws OutOfMemoryError if the system cannot start one more
     */
    public final void start(Hooks hooks) {
        startedByLauncher = true;
        if (!hooks.start(this)) {
            thread().start();
        }
    }

    /**
     * Hands the thread to a hook that starts it in a way of its own.
     *
     * @param beforeTask what the thread runs before its task
     */
    public final Thread unstarted(Runnable beforeTask) {
        first = beforeTask;
        startedByHook = true;
        return thread();
    }

    /** Whether its start has failed, so that it will never run. */
    protected abstract boolean neverRan();

    /** Remembers, before anybody gets the thread, that a factory has made it. */
    final void madeAs(Made entry) {
        made = entry;
    }

    /** What stands for it in the list until it runs, when a factory has made it; null otherwise. */
    final @Nullable Made made() {
        return made;
    }

    /** Whether a factory has made it. */
    protected final boolean isMadeByFactory() {
        return made != null;
    }

    /** Runs what a hook wanted to be run first; called by the thread. */
    protected final void runFirst() {
        if (first != null) {
            first.run();
            first = null;
        }
    }

    /** Hangs something on the thread that nothing else reaches, or takes it off. One detector uses it at a time. */
    public final void attach(@Nullable Object something) {
        attachment = something;
    }

    /** What a detector has hung on the thread. */
    public final @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public final long threadId() {
        return thread().threadId();
    }

    @Override
    protected final LiveThread listed() {
        return this;
    }
}
