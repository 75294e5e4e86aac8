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

    private volatile @Nullable Armed armed;

    /**
     * What it needs for its work, and lets go of when it is disarmed: until the next collection it is in the list of
     * the JDK's finalizers, and whoever takes a heap dump then would find there what the thread waits on.
     *
     * @param before what hung on the thread's record
     * @param blocker what the thread was parked on
     */
    private record Armed(
            Suspect suspect,
            LiveThread thread,
            @Nullable Object before,
            @Nullable Object blocker) {}

    /** Remembers what hung on the thread's record before, and what the thread is parked on. */
    Sentinel(Suspect suspect, LiveThread thread) {
        armed = new Armed(suspect, thread, thread.attachment(), LockSupport.getBlocker(thread.thread()));
    }

    /**
     * From now on its finalizer does nothing, and it holds nothing.
     *
     * @return what hung on the thread's record before this; null if it was nothing, or this was disarmed before
     */
    @Nullable
    Object disarm() {
        Armed was = armed;
        armed = null;
        return was == null ? null : was.before();
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize", "checkstyle:NoFinalizer"})
    protected void finalize() {
        Armed now = armed;
        if (now != null) {
            now.suspect().revive(now.thread(), now.blocker());
        }
    }
}
