package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * A place in the {@linkplain WaitQueue queue} of one primitive, held for a {@link Waiter}.
 *
 * <p>The links are guarded by the lock of the primitive that the queue belongs to. {@code item}, {@code closed} are
 * written by whoever enqueues the node, or by the waker between {@link Waiter#claim()} and {@link Waiter#finish}, and
 * read by the other after it has seen the state that follows.
 */
class WaitNode {

    final Waiter waiter;

    /** A sender's value, and on the way back a receiver's. */
    @Nullable
    Object item;

    /** How many permits are asked for. */
    long amount;

    /** Which clause of a select this is. */
    int index;

    /** The primitive was closed. */
    boolean closed;

    @Nullable
    WaitQueue queue;

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
