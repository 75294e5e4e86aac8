package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * A place in the line of one {@linkplain Waitable primitive}, held for a {@link Waiter}.
 *
 * <p>The links are guarded by the lock of the primitive. {@code item}, {@code closed} are written by whoever enqueues
 * the node, or by a waker before {@link Waiter#complete}, and read by the other after it has seen the state that
 * follows.
 */
class WaitNode {

    final Waiter waiter;

    /** A sender's value, and on the way back a receiver's. */
    @Nullable
    Object item;

    /** How many permits are asked for. */
    long amount;

    /** Which of the waiter's nodes this is; in a select, which clause. */
    int index;

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

    WaitNode(Waiter waiter) {
        this.waiter = waiter;
    }

    /** For {@link Waiter}, which is its own first node: a wait on one thing costs one object. */
    @SuppressWarnings("this-escape")
    WaitNode() {
        this.waiter = (Waiter) this;
    }
}
