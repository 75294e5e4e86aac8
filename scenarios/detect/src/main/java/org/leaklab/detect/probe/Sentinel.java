package org.leaklab.detect.probe;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.LiveThread;

/**
 * Brings a thread back that a collection has found unreachable. It hangs on the thread's own record and nowhere else;
 * when nothing reaches the thread, nothing reaches the sentinel, and its finalizer still sees both whole.
 *
 * <p>Armed for one probe and disarmed after it, so that no launch pays for it: an object with a finalizer costs a
 * microsecond and a place in the finalizer's queue. Cleaners and phantom references cannot do this: they never see what
 * they watched.
 */
final class Sentinel {

    private volatile @Nullable Suspect suspect;
    private final LiveThread thread;
    private final @Nullable Object before;
    private final @Nullable Object blocker;

    /** Remembers what hung on the thread's record before, and what the thread is parked on. */
    Sentinel(Suspect suspect, LiveThread thread) {
        this.suspect = suspect;
        this.thread = thread;
        this.before = thread.attachment();
        this.blocker = LockSupport.getBlocker(thread.thread());
    }

    /** From now on its finalizer does nothing. */
    void disarm() {
        suspect = null;
    }

    /** What hung on the thread's record before this. */
    @Nullable
    Object before() {
        return before;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize", "checkstyle:NoFinalizer"})
    protected void finalize() {
        Suspect armedFor = suspect;
        if (armedFor != null) {
            armedFor.revive(thread, blocker);
        }
    }
}
