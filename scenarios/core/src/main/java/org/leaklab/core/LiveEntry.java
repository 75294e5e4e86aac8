package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * A place in the lists of {@link LiveThreads}: a launch itself, or the {@link Suspect} that stands in for it while its
 * launcher has let go of it. The links are guarded by the lock of the stripe that it is in.
 */
abstract sealed class LiveEntry permits Launch, Suspect {

    boolean linked;

    @Nullable
    LiveEntry previous;

    @Nullable
    LiveEntry next;

    /** The identifier of its thread, which decides the stripe. */
    abstract long threadId();

    /** The launch, or null when its thread has been collected. */
    abstract @Nullable Launch launch();
}
