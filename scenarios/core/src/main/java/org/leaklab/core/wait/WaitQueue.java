package org.leaklab.core.wait;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A primitive that threads wait on: its line of waiters, first in, first out. The line is an intrusive doubly linked
 * list, so that a thread that gives up is unlinked in constant time. A node left behind on a long-lived primitive would
 * itself be a leak.
 *
 * <p>The {@linkplain ShortLock short lock} guards the line and the state that a subclass adds.
 *
 * <p>Lock, {@linkplain SpinPolicy spin policy}, line and state are one object on purpose: two threads that hand over to
 * each other pay for each cache line that has to go from one processor to the other.
 */
public abstract class WaitQueue extends SpinPolicy {

    // guarded by the lock; the line is a ring, so the last one is the one before the first
    private @Nullable WaitNode head;
    private int waiting;

    /**
     * In how many nanoseconds every wait here ends for certain, as far as the primitive knows: {@link Nanos#FOR_EVER}
     * if nothing but another thread ends it. It may be negative, when what ends the wait is late.
     */
    protected long endsIn() {
        return Nanos.FOR_EVER;
    }

    /** How many nodes are in line. */
    protected final int inLine() {
        return waiting;
    }

    /** Whether a thread has a node in line. */
    protected final boolean isInLine(Thread thread) {
        WaitNode node = head;
        for (int left = waiting; left > 0 && node != null; left--) {
            if (node.waiter.thread() == thread) {
                return true;
            }
            node = node.next;
        }
        return false;
    }

    /** The node that has waited longest, or null. */
    protected final @Nullable WaitNode first() {
        return head;
    }

    /** Puts a node at the end of the line. */
    final void add(WaitNode node) {
        WaitNode first = head;
        if (first == null) {
            node.previous = node;
            node.next = node;
            head = node;
        } else {
            WaitNode last = first.previous;
            node.previous = last;
            node.next = first;
            last.next = node;
            first.previous = node;
        }
        node.linked = true;
        waiting++;
    }

    /** Unlinks a node; false if it is not linked any more. */
    protected final boolean remove(WaitNode node) {
        if (!node.linked) {
            return false;
        }
        takeOut(node);
        return true;
    }

    /** Unlinks a node that is in line. The only one is written and not read (see {@link WaitNode}). */
    final void takeOut(WaitNode node) {
        if (waiting == 1) {
            head = null;
        } else {
            WaitNode previous = node.previous;
            WaitNode next = node.next;
            previous.next = next;
            next.previous = previous;
            if (head == node) {
                head = next;
            }
        }
        node.linked = false;
        node.previous = null;
        node.next = null;
        waiting--;
    }

    /** Unlinks nodes from the front until the wait of one could be ended; null when none could. */
    protected final @Nullable Waiter completeFirst() {
        for (WaitNode node; (node = head) != null; ) {
            takeOut(node);
            if (node.complete()) {
                return node.waiter;
            }
        }
        return null;
    }

    /** Ends the waits of all; the caller wakes those that are returned. */
    protected final List<Waiter> completeAll() {
        List<Waiter> completed = List.of();
        for (Waiter waiter; (waiter = completeFirst()) != null; ) {
            completed = completed.isEmpty() ? new ArrayList<>() : completed;
            completed.add(waiter);
        }
        return completed;
    }

    /** Takes a node of a waiter that gave up, or was woken elsewhere, out of the line it may still be in. */
    void forget(WaitNode node) {
        enter();
        try {
            remove(node);
        } finally {
            leave();
        }
    }
}
