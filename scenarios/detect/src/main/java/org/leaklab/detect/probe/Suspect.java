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
 * <p>Invariant: nothing here reaches the thread strongly until it is revived. The thread's end, its revival and its
 * taking back write volatile fields, so who sees them sees what came before.
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
    private volatile boolean wantedBack;
    private volatile @Nullable LiveThread revived;

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
     * Whether a collection has found that nothing reaches the thread, though its task has not ended: nobody can ever
     * wake it. The answer is final once the probe is closed.
     */
    public boolean isLeaked() {
        return thread.refersTo(null) && !ended && !kept;
    }

    /** The thread, once a sentinel has brought it back from a collection that found it unreachable; else null. */
    public @Nullable Launched revived() {
        return (Launched) revived;
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
    void takeBack() {
        wantedBack = true; // before it is looked whether it is there: see revive
        LiveThread there = listed();
        if (there == null) {
            if (!revivable) {
                live.drop(this);
            }
            return;
        }
        if (there.attachment() instanceof Sentinel sentinel) {
            sentinel.disarm();
            there.attach(null);
        }
        if (revived == null) { // it was never gone: it may end, and be collected, from now on
            kept = true;
        }
        live.putBack(this, there);
    }

    /**
     * Called by its sentinel. A collection may have found it after the probe had looked; whoever comes second of this
     * and {@link #takeBack()} sees what the other has written, and puts the thread back into its launcher's list.
     */
    void revive(LiveThread back) {
        revived = back;
        if (wantedBack) {
            takeBack();
        }
    }
}
