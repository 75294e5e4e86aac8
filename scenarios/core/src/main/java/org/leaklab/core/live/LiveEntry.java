package org.leaklab.core.live;

import org.jspecify.annotations.Nullable;

/**
 * A place in the lists of {@link LiveThreads}: a launched thread itself, or the {@link StandIn} that a detector has put
 * in its place. The links are guarded by the lock of the stripe that it is in.
 */
abstract sealed class LiveEntry permits LiveThread, StandIn {

    boolean linked;

    @Nullable
    LiveEntry previous;

    @Nullable
    LiveEntry next;

    /** The identifier of its thread, which decides the stripe. */
    public abstract long threadId();

    /** What a list shows for it, or null when it shows nothing. Called under the lock of the stripe. */
    protected abstract @Nullable LiveThread listed();
}
