package org.leaklab.core.live;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread that a {@link java.util.concurrent.ThreadFactory} has made. Until it runs nobody tells its launcher whether
 * it was started, so the launcher looks. Held weakly: a thread that is never started may be forgotten by everybody.
 *
 * <p>The links are guarded by the lock of the {@link Stripe} that it is in.
 */
final class Made extends WeakReference<LiveThread> {

    final long threadId;

    @Nullable
    Made previous;

    @Nullable
    Made next;

    boolean linked;

    Made(LiveThread thread, ReferenceQueue<LiveThread> queue) {
        super(thread, queue);
        this.threadId = thread.threadId();
    }

    /** The thread, if it was started and has not come as far as to say so itself. */
    @Nullable
    LiveThread startedSilently() {
        LiveThread made = get();
        if (made == null) {
            return null;
        }
        Thread.State state = made.thread().getState();
        return state == Thread.State.NEW || state == Thread.State.TERMINATED ? null : made;
    }
}
