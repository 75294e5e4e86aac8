package org.leaklab.detect.probe;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.LiveThread;

/**
 * Hangs on the record of a thread that a probe has proven leaked, and on nothing else: so every detector of its
 * launcher knows, and no detector holds the thread.
 *
 * <p>It holds for as long as the thread waits on the same object. A thread that has gone on must be judged anew. The
 * object is known by its identity hash alone: who looks at the heap next, in a dump, must find it no more reachable
 * than before, not even weakly. That another object has the same hash, and the thread waits on it now, is as good as
 * impossible.
 */
public final class Proof {

    /** Identity hash of what the thread is parked on; 0 if it gave no object. */
    private final int waitsOn;

    private Proof(@Nullable Object blocker) {
        this.waitsOn = System.identityHashCode(blocker);
    }

    /** Marks a thread as leaked for as long as it waits on what it waits on now. */
    public static void give(Launched launched) {
        ((LiveThread) launched).attach(new Proof(LockSupport.getBlocker(launched.thread())));
    }

    /** Whether a thread is marked, and waits on the same object as when it was. */
    public static boolean holds(Launched launched) {
        return ((LiveThread) launched).attachment() instanceof Proof proof && proof.stillHolds(launched.thread());
    }

    /** Takes the mark off a thread that has gone on. */
    public static void dropIfStale(Launched launched) {
        LiveThread thread = (LiveThread) launched;
        if (thread.attachment() instanceof Proof proof && !proof.stillHolds(launched.thread())) {
            thread.attach(null);
        }
    }

    private boolean stillHolds(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && System.identityHashCode(LockSupport.getBlocker(thread)) == waitsOn;
    }

    /** Whether a thread waits without a timeout, parked on this object. */
    static boolean waits(Thread thread, @Nullable Object blocker) {
        return thread.getState() == Thread.State.WAITING && LockSupport.getBlocker(thread) == blocker;
    }
}
