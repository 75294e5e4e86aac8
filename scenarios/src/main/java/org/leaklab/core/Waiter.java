package org.leaklab.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One wait of one thread, on one primitive or on several at once.
 *
 * <p>States: {@code WAITING → CLAIMED → DONE} by exactly one waker, or {@code WAITING → CANCELLED} by the waiting
 * thread itself. A waker {@linkplain #claim() claims} the waiter by compare-and-set, so of several wakers one wins and
 * the others look for the next waiter; then it hands over (writes the node's fields) and {@linkplain #finish finishes}.
 * A thread that gives up but was claimed before waits for the hand-over, which is a few instructions away: nothing
 * handed over is ever lost.
 *
 * <p>Memory: {@code finish} is a volatile write of the state, and the waiting thread reads it before it reads anything
 * that was handed over.
 */
final class Waiter extends WaitNode {

    /** Stands for "nobody has to be woken" where null would mean something else. */
    static final Waiter NOBODY = new Waiter(null);

    private static final int WAITING = 0;
    private static final int CLAIMED = 1;
    private static final int DONE = 2;
    private static final int CANCELLED = 3;
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 100 : 0;
    private static final int YIELDS = 5;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Thread thread;
    private volatile int state;

    /** The node through which the waiter was woken; read only when done. */
    private @Nullable WaitNode fired;

    /** A wait of the current thread. */
    Waiter() {
        this(Thread.currentThread());
    }

    private Waiter(@Nullable Thread thread) {
        this.thread = thread;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    /** Makes the caller the only waker. */
    boolean claim() {
        return state == WAITING && STATE.compareAndSet(this, WAITING, CLAIMED);
    }

    /**
     * Ends the wait that the caller has claimed. The caller then {@linkplain #wake() wakes}, best after it unlocked.
     */
    void finish(WaitNode by) {
        fired = by;
        state = DONE;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Gives up; false if a waker was first. */
    private boolean cancel() {
        return STATE.compareAndSet(this, WAITING, CANCELLED);
    }

    /**
     * Waits a moment before parking: to park and unpark a platform thread costs many times what its peer needs for its
     * answer. A virtual thread does not spin, for its peer may need the very carrier that it would keep busy.
     */
    private void spin() {
        for (int i = 0; i < SPINS && state != DONE; i++) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < YIELDS && state != DONE; i++) {
            Thread.yield();
        }
    }

    /**
     * Waits, on the waiter's own thread, until a waker is done.
     *
     * @param nanos how long at most; {@link Nanos#FOR_EVER} for no limit
     * @return the node through which it was woken, or null when time ran out
     * @throws InterruptedException if interrupted before a waker came; the caller then takes its nodes out of their
     *     queues
     */
    @Nullable
    WaitNode await(Object blocker, long nanos) throws InterruptedException {
        boolean timed = nanos < Nanos.FOR_EVER;
        long deadline = timed ? System.nanoTime() + nanos : 0;
        boolean interrupted = false;
        if (!thread.isVirtual()) {
            spin();
        }
        while (state != DONE) {
            if (Thread.interrupted()) {
                if (cancel()) {
                    throw new InterruptedException();
                }
                interrupted = true;
            } else if (!timed) {
                LockSupport.park(blocker);
            } else {
                long left = deadline - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(blocker, left);
                } else if (cancel()) {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return null;
                } else {
                    timed = false;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return fired;
    }

    /**
     * Waits on one primitive, whose queue this waiter is in already, under a context.
     *
     * @return true when woken by the primitive, false when time ran out
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    boolean await(Waitable primitive, Context context, long nanos) throws InterruptedException {
        Channel<Void> done = context.doneOrNull();
        WaitNode cancelled = null;
        boolean woken = false;
        try {
            if (done != null) {
                WaitNode node = new WaitNode(this);
                if (done.listen(node)) {
                    cancelled = node;
                } else if (cancel()) {
                    throw context.cancelledException();
                }
            }
            WaitNode by = await((Object) primitive, nanos);
            if (by != null && by == cancelled) {
                throw context.cancelledException();
            }
            woken = by != null;
            return woken;
        } finally {
            if (!woken) {
                primitive.forget(this);
            }
            if (cancelled != null) {
                done.forget(cancelled);
            }
        }
    }
}
