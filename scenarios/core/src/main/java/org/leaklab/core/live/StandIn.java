package org.leaklab.core.live;

import org.jspecify.annotations.Nullable;

/**
 * What a detector puts into the list of live threads in the place of one of them, so that the list no longer holds that
 * thread.
 *
 * <p>A stand-in counts as the thread did. It is listed as that thread while it {@linkplain #listed() knows} it. It
 * leaves the list when the thread ends, and when the detector {@linkplain LiveThreads#putBack puts the thread back} or
 * {@linkplain LiveThreads#drop drops} it.
 *
 * <p>The methods that a detector implements are called under the lock of the list: they neither wait nor call anything
 * that does.
 */
public abstract non-sealed class StandIn extends LiveEntry {

    /** The same number as that of the thread; never another. */
    @Override
    public abstract long threadId();

    /** The thread, or null when there is none to be listed any more. */
    @Override
    protected abstract @Nullable LiveThread listed();

    /** The task of the thread has ended, and the stand-in leaves the list. */
    protected abstract void threadEnded();
}
