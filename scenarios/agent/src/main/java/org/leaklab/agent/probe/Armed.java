package org.leaklab.agent.probe;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A thread that was taken out of its set for one collection, held weakly. The collection has found it unreachable if
 * the reference is cleared.
 *
 * <p>Memory: who comes first, the finalizer of the sentinel or the probe, is decided by a compare-and-set of the stage.
 * The sentinel writes what it knows before the last stage, so who sees {@link #isBack()} sees that.
 */
final class Armed extends WeakReference<Thread> {

    private static final int NEW = 0;
    private static final int ARMED = 1;
    private static final int CLAIMED = 2;
    private static final int BACK = 3;

    private static final AtomicIntegerFieldUpdater<Armed> STAGE =
            AtomicIntegerFieldUpdater.newUpdater(Armed.class, "stage");

    /** Its thread's, which is known after the reference is cleared as well. */
    final long threadId;

    final Kind kind;
    final Round round;

    /** Its container, or null for the root. */
    final @Nullable Held held;

    /** Its place in the list of its launcher, or null if no launcher has started it. */
    final @Nullable Place place;

    /** What an earlier round has found; null in the first one. */
    final @Nullable Find find;

    private volatile int stage;

    Armed(Thread thread, Kind kind, Round round, @Nullable Held held, @Nullable Place place, @Nullable Find find) {
        super(thread);
        this.threadId = thread.threadId();
        this.kind = kind;
        this.round = round;
        this.held = held;
        this.place = place;
        this.find = find;
    }

    /** From now on it may be missing in its set. */
    void arm() {
        stage = ARMED;
    }

    /** Whether the caller is the one who puts it back. */
    boolean claim() {
        return STAGE.compareAndSet(this, ARMED, CLAIMED);
    }

    /** Undoes a claim, when putting back has failed. */
    void release() {
        stage = ARMED;
    }

    /** It is in its set again, or has ended. */
    void back() {
        stage = BACK;
    }

    /** Whether something alive could interrupt it, through what has started it. */
    boolean isReached() {
        return held != null && held.isReached() || isLauncherReached();
    }

    boolean isLauncherReached() {
        return place != null && place.isReached();
    }

    boolean isBack() {
        return stage == BACK;
    }

    /** Whether somebody has yet to put it back. */
    boolean isOut() {
        return stage == ARMED || stage == CLAIMED;
    }
}
