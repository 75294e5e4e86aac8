package org.leaklab.core.wait;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one thread, on one primitive or on several at once.
 *
 * <p>States: waiting, then either done (by exactly one waker, through one of the waiter's nodes) or cancelled (by the
 * waiting thread itself). Both are reached by one compare-and-set, so of several wakers one wins and the others look
 * for the next waiter, and a thread that gives up either was handed nothing or sees that it was. A waker writes what it
 * hands over into its node <em>before</em> that step: nobody reads a node that did not win.
 *
 * <p>A thread that is about to park says so in the state, and a waker that finds it said so must {@linkplain #wake()
 * wake} it; one that still spins needs no unpark, which would cost more than all the rest.
 *
 * <p>Memory: the compare-and-set is a volatile write, and the waiting thread reads the state before it reads anything
 * that was handed over.
 */
public class Waiter extends WaitNode {

    /** What {@link #await} returns when time ran out. */
    static final int LATE = -1;

    /** The index of the node through which a context ends a wait on one primitive. */
    private static final int CONTEXT = 1;

    /** How late the end of a wait may come, where its time is known, before the thread looks for itself. */
    private static final long GRACE_NANOS = 20_000_000;

    // bits of the state; the index of the node that won stands above them
    private static final int PARKED = 1;
    private static final int CANCELLED = 4;
    private static final int INDEX_SHIFT = 3;

    private final Thread thread;

    /** How this wait spins; chosen by a primitive that it is on, under the lock. */
    Spin spin = Spin.NONE;

    /** A wait of the current thread. */
    Waiter() {
        this.thread = Thread.currentThread();
    }

    /** Whose wait it is. */
    public final Thread thread() {
        return thread;
    }

    /** Ends the wait through one of its nodes, whether or not the thread has said that it parks. */
    final boolean completeBy(WaitNode by) {
        int now;
        do {
            now = state;
            if (now > PARKED) {
                return false;
            }
        } while (!STATE.compareAndSet(this, now, now | DONE | by.index << INDEX_SHIFT));
        return true;
    }

    /** Whether the thread had said that it parks when the wait ended. */
    final boolean isParked() {
        return (state & PARKED) != 0;
    }

    /** Wakes the thread if it parks. */
    public final void wake() {
        if (isParked()) {
            LockSupport.unpark(thread);
        }
    }

    /** Gives up; false if a waker was first. */
    private boolean cancel() {
        int now = state; // only a waker can change it meanwhile
        return now <= PARKED && STATE.compareAndSet(this, now, CANCELLED);
    }

    final boolean isDone() {
        return (state & DONE) != 0;
    }

    /**
     * Waits, on the waiter's own thread, until a waker is done.
     *
     * <p>A wait that something else will end at a known time, such as the deadline of a context, parks with that limit.
     * Then the thread is in state {@link Thread.State#TIMED_WAITING}: a detector or a thread dump shows that it does
     * not wait without end. It parks a moment longer than that, so that it need not wake twice.
     *
     * @param nanos how long at most; {@link Nanos#FOR_EVER} for no limit
     * @param endsIn in how many nanoseconds a waker comes for certain; {@link Nanos#FOR_EVER} when nobody knows
     * @return the index of the node through which it was woken, or {@link #LATE} when time ran out
     * @throws InterruptedException if interrupted before a waker came; the caller then takes its nodes out of their
     *     queues
     */
    int await(Object blocker, long nanos, long endsIn) throws InterruptedException {
        long deadline = nanos < Nanos.FOR_EVER ? System.nanoTime() + nanos : 0;
        long end = endsIn < Nanos.FOR_EVER ? System.nanoTime() + endsIn + GRACE_NANOS : 0;
        if (STATE.compareAndSet(this, 0, PARKED)) {
            while (!isDone()) {
                if (Thread.interrupted()) {
                    if (cancel()) {
                        throw new InterruptedException();
                    }
                    Thread.currentThread().interrupt(); // too late: it was handed over
                } else if (nanos == Nanos.FOR_EVER) {
                    long left = end == 0 ? 0 : end - System.nanoTime();
                    if (left > 0) {
                        LockSupport.parkNanos(blocker, left);
                    } else { // also when who should have come is late: it may never come
                        LockSupport.park(blocker);
                    }
                } else {
                    long left = deadline - System.nanoTime();
                    if (left > 0) {
                        LockSupport.parkNanos(blocker, left);
                    } else if (cancel()) {
                        return LATE;
                    }
                }
            }
        }
        return state >> INDEX_SHIFT;
    }

    /**
     * Waits on one primitive, whose queue this waiter is in already.
     *
     * @param context what may end the wait from outside, or null
     * @return true when woken by the primitive, false when time ran out
     * @throws CancellationException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    boolean await(WaitQueue primitive, @Nullable Cancellation context, long nanos) throws InterruptedException {
        if (primitive.spin(this)) {
            return true;
        }
        if (context == null) {
            return awaitAlone(primitive, nanos);
        }
        MeetingPoint done = context.done();
        WaitNode cancelled = null;
        int by = LATE;
        try {
            WaitNode node = new WaitNode(this, CONTEXT);
            if (done.listen(node)) {
                cancelled = node;
            } else if (cancel()) {
                throw context.exception();
            }
            by = await(primitive, nanos, Math.min(primitive.endsIn(), done.endsIn()));
            if (by == CONTEXT) {
                throw context.exception();
            }
            return by == 0;
        } finally {
            if (by != 0) {
                primitive.forget(this);
            }
            if (cancelled != null) {
                done.forget(cancelled);
            }
        }
    }

    private boolean awaitAlone(WaitQueue primitive, long nanos) throws InterruptedException {
        boolean woken = false;
        try {
            woken = await(primitive, nanos, primitive.endsIn()) == 0;
            return woken;
        } finally {
            if (!woken) {
                primitive.forget(this);
            }
        }
    }
}
