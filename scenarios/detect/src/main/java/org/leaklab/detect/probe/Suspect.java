package org.leaklab.detect.probe;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.live.StandIn;

/**
 * A thread that has been {@linkplain LetGo let go} of, and what is known of it whatever becomes of it. It stands in the
 * thread's place in its launcher's list.
 *
 * <p>Invariant: nothing here reaches the thread strongly until it is revived.
 *
 * <p>Memory: the thread's end, its revival and its taking back write volatile fields, so who sees them sees what came
 * before. Revival and taking back exclude each other: whoever comes second sees what the other did, and the thread is
 * put back into its launcher's list once.
 */
public final class Suspect extends StandIn {

    private final LiveThreads live;
    private final WeakReference<LiveThread> thread;
    private final String name;
    private final long threadId;
    private final String creatorName;
    private final long startedAt;

    private final boolean revivable;

    private volatile boolean ended;
    private volatile boolean kept;
    private volatile @Nullable LiveThread revived;

    // guarded by this
    private boolean wantedBack;
    private boolean isBack;

    /** What the revived thread was parked on when it was let go of; written before {@link #revived}. */
    private @Nullable Object blocker;

    Suspect(LiveThreads live, LiveThread thread, boolean revivable) {
        Launched launched = (Launched) thread;
        this.live = live;
        this.revivable = revivable;
        this.thread = new WeakReference<>(thread);
        this.name = launched.name();
        this.threadId = thread.threadId();
        this.creatorName = launched.creatorName();
        this.startedAt = launched.startedAt();
    }

    /** The name that the thread was started under. */
    public String name() {
        return name;
    }

    /** {@linkplain Thread#threadId() Identifier} of the thread. */
    @Override
    public long threadId() {
        return threadId;
    }

    /** Name of the thread that started it. */
    public String creatorName() {
        return creatorName;
    }

    /** {@link System#nanoTime()} at its start. */
    public long startedAt() {
        return startedAt;
    }

    /**
     * Whether a collection has found that nothing reaches the thread, though its task has not ended. A finalizer may
     * have reached it since. The answer is final once the probe is closed.
     */
    public boolean isLeaked() {
        return thread.refersTo(null) && !ended && !kept;
    }

    /** The thread, once a sentinel has brought it back from a collection that found it unreachable; else null. */
    public @Nullable Launched revived() {
        return (Launched) revived;
    }

    /** Whether the thread was brought back, and waits on the same object as when it was let go of. */
    public boolean stillWaits() {
        LiveThread back = revived;
        return back != null && Proof.waits(back.thread(), blocker);
    }

    @Override
    protected @Nullable LiveThread listed() {
        LiveThread back = revived;
        return back != null ? back : thread.get();
    }

    @Override
    protected void threadEnded() {
        ended = true;
    }

    /**
     * Puts the thread back into its launcher's list. One that was collected for good is forgotten; one that its
     * sentinel will bring back stays a suspect until then.
     */
    synchronized void takeBack() {
        wantedBack = true;
        putBack();
    }

    /** Called by its sentinel; a collection may have found the thread after the probe had looked. */
    synchronized void revive(LiveThread back, @Nullable Object waitedOn) {
        blocker = waitedOn;
        revived = back;
        if (wantedBack) {
            putBack();
        }
    }

    private void putBack() {
        LiveThread there = listed();
        if (there == null) {
            if (!revivable) {
                live.drop(this);
            }
            return;
        }
        if (isBack) {
            return;
        }
        isBack = true;
        if (there.attachment() instanceof Sentinel sentinel) {
            there.attach(sentinel.disarm());
        }
        if (revived == null) { // it was never gone: it may end, and be collected, from now on
            kept = true;
        }
        live.putBack(this, there);
    }
}
