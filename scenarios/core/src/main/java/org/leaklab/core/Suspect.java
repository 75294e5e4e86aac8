package org.leaklab.core;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A thread that its launcher has {@linkplain Launcher#letGo let go} of, and what is known of it whatever becomes of it.
 *
 * <p>Invariant: nothing here reaches the thread strongly until it is revived. The thread's end, its revival and its
 * taking back write volatile fields, so who sees them sees what came before.
 */
public final class Suspect extends LiveEntry {

    private final WeakReference<Launch> launch;
    private final String name;
    private final long threadId;
    private final String creatorName;
    private final long creatorId;
    private final long startedAt;

    private final boolean revivable;

    private volatile boolean ended;
    private volatile boolean kept;
    private volatile boolean takenBack;
    private volatile @Nullable Launch revived;

    Suspect(Launch launch, boolean revivable) {
        this.revivable = revivable;
        this.launch = new WeakReference<>(launch);
        this.name = launch.name();
        this.threadId = launch.thread().threadId();
        this.creatorName = launch.creatorName();
        this.creatorId = launch.creatorId();
        this.startedAt = launch.startedAt();
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

    /** Identifier of the thread that started it. */
    public long creatorId() {
        return creatorId;
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
        return launch.refersTo(null) && !ended && !kept;
    }

    /** The thread, once a sentinel has brought it back from a collection that found it unreachable; else null. */
    public @Nullable Launched revived() {
        return revived;
    }

    @Override
    @Nullable
    Launch launch() {
        Launch back = revived;
        return back != null ? back : launch.get();
    }

    /** Says that its launcher holds it again and that it was never gone: it may end, and be collected, from now on. */
    void keep() {
        if (revived == null) {
            kept = true;
        }
    }

    void end() {
        ended = true;
    }

    /** Whether a sentinel watches it. */
    boolean isRevivable() {
        return revivable;
    }

    /** From now on its launcher wants it back as soon as it can be had. */
    void wantBack() {
        takenBack = true;
    }

    /**
     * Called by its sentinel. A collection may have found it after the probe had looked; whoever comes second of this
     * and {@link #wantBack()} sees what the other has written, and puts the thread back into its launcher's list.
     */
    void revive(Launch back) {
        revived = back;
        if (takenBack) {
            back.takeBack(this);
        }
    }
}
