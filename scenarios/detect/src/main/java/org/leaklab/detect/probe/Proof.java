package org.leaklab.detect.probe;

import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.LiveThread;

/**
 * Hangs on the record of a thread that a probe has proven leaked, and on nothing else: so every detector of its
 * launcher knows, and no detector holds the thread.
 *
 * <p>It holds for as long as the thread waits on the same object. A thread that has gone on must be judged anew. The
 * object is held weakly: who looks at the heap next must not find it reachable through this. While the thread waits on
 * it, its own stack holds it.
 */
public final class Proof {

    /** What the thread is parked on; null if it gave no object. */
    private final @Nullable WeakReference<Object> waitsOn;

    private Proof(@Nullable Object blocker) {
        this.waitsOn = blocker == null ? null : new WeakReference<>(blocker);
    }

    /** Marks a thread as leaked for as long as it waits on what it waits on now. */
    public static void give(Launched launched) {
        ((LiveThread) launched).attach(new Proof(LockSupport.getBlocker(launched.thread())));
    }

    /** Whether a thread is marked, and waits on the same object as when it was. */
    public static boolean holds(Launched launched) {
        return ((LiveThread) launched).attachment() instanceof Proof proof && waits(launched.thread(), proof.blocker());
    }

    /** Takes the mark off a thread that has gone on. */
    public static void dropIfStale(Launched launched) {
        LiveThread thread = (LiveThread) launched;
        if (thread.attachment() instanceof Proof proof && !waits(launched.thread(), proof.blocker())) {
            thread.attach(null);
        }
    }

    private @Nullable Object blocker() {
        return waitsOn == null ? null : waitsOn.get();
    }

    /** Whether a thread waits without a timeout, parked on this object. */
    static boolean waits(Thread thread, @Nullable Object blocker) {
        return thread.getState() == Thread.State.WAITING && LockSupport.getBlocker(thread) == blocker;
    }
}
