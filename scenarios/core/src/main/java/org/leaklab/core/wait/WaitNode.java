package org.leaklab.core.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place in the line of one {@linkplain WaitQueue primitive}, held for a {@link Waiter}.
 *
 * <p>The links are guarded by the lock of the primitive. {@code item}, {@code closed} are written by the thread that
 * enqueues the node, or by a waker before {@link #complete}, and read by the other after it has seen the state that
 * follows.
 *
 * <p>A waker comes from another processor and has to fetch the node from there. It asks for it once where its first
 * access is a write: hence a waker writes, and ends the wait, before it reads anything here, and the state of a wait
 * stands in the node that most waits have as their only one.
 */
public class WaitNode {

    /** The wait goes on, and its thread has not said that it parks. */
    static final int WAITING = 0;

    /** The bit that says that the wait is over. */
    static final int DONE = 2;

    /** Not the waiter's own node: the state of the wait is there. */
    private static final int ELSEWHERE = -1;

    static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(WaitNode.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Waiter waiter;

    /** A sender's value, and on the way back a receiver's. */
    @Nullable
    Object item;

    /** Which of the waiter's nodes this is; in a select, which clause. */
    final int index;

    /** The primitive was closed. */
    boolean closed;

    /** It is a sender's; a receiver's otherwise. */
    boolean sends;

    /** It is in line. */
    boolean linked;

    @Nullable
    WaitNode previous;

    @Nullable
    WaitNode next;

    /** The state of the wait, as {@link Waiter} describes it. */
    volatile int state;

    /** A further place, with its index, of a waiter that waits on several things. */
    WaitNode(Waiter waiter, int index) {
        this.waiter = waiter;
        this.index = index;
        STATE.set(this, ELSEWHERE); // nobody else has seen this node yet
    }

    /** For {@link Waiter}, which is its own first node: a wait on one thing costs one object. */
    @SuppressWarnings("this-escape")
    WaitNode() {
        this.waiter = (Waiter) this;
        this.index = 0;
    }

    /**
     * Ends the wait through this node, into which the caller has written what it hands over. If the wait
     * {@linkplain Waiter#isParked() is parked} the caller then {@linkplain Waiter#wake() wakes} it, best after it
     * unlocked.
     *
     * @return false if another waker, or the waiting thread, was first
     */
    public final boolean complete() {
        return STATE.compareAndSet(this, WAITING, DONE) || waiter.completeBy(this);
    }

    /** Whose wait it is. */
    public final Waiter waiter() {
        return waiter;
    }
}
