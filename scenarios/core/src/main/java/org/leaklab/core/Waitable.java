package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A primitive that threads wait on. Its short lock guards its state and its line of waiters: first in, first out, an
 * intrusive doubly linked list, so that whoever gives up is unlinked in constant time. A loser left on a long-lived
 * primitive would itself be a leak.
 *
 * <p>Lock, line and state are one object on purpose: two threads that hand over to each other pay for each cache line
 * that has to go from one processor to the other.
 */
abstract class Waitable extends ShortLock {

    /** So many waits give up early before the first one spins: what is used once is not worth it. */
    private static final int FIRST_SKIPS = 8;

    private static final int FREE_MISSES = 4;
    private static final int MOST_MISSES = FREE_MISSES + 10;

    // guarded by the lock; the line is a ring, so the last one is the one before the first
    private @Nullable WaitNode head;
    private int waiting;

    // how spinning went lately: guarded by the lock but for the count of a miss, of which it does not matter if one is
    // lost
    private int misses;
    private int skips = FIRST_SKIPS;
    private boolean spinning;

    /** How many nodes are in line. */
    final int inLine() {
        return waiting;
    }

    final @Nullable WaitNode first() {
        return head;
    }

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
    final boolean remove(WaitNode node) {
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
    final @Nullable Waiter completeFirst() {
        for (WaitNode node; (node = head) != null; ) {
            takeOut(node);
            if (node.complete()) {
                return node.waiter;
            }
        }
        return null;
    }

    /** Ends the waits of all; the caller wakes those that are returned. */
    final List<Waiter> completeAll() {
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

    /**
     * Chooses, under the lock, how a wait will {@linkplain #spin spin}.
     *
     * <p>It does so less and less often where that goes wrong: after some misses in a row, each further one doubles the
     * number of waits that give up early. A spin of which no miss was counted was a hit: it ends that, and halves the
     * misses that are remembered. While there are any, a virtual thread spins longer, because its peer may still be
     * parking by an experience of its own.
     */
    final void chooseSpin(Waiter waiter) {
        boolean skip = skips > 0;
        if (skip) {
            skips--;
        } else {
            if (spinning) {
                misses /= 2;
            }
            spinning = true;
        }
        waiter.spin = Spin.of(waiter.thread(), handsOver(), skip, misses > 0);
    }

    /**
     * Waits a moment before parking, on the waiter's own thread; true if that was enough. A hit touches nothing here:
     * the peer, which brought it about, is at work with this object.
     */
    final boolean spin(Waiter waiter) {
        boolean hit = waiter.spin.until(waiter);
        if (!hit && waiter.spin.isTrial()) {
            missed();
        }
        return hit || (!waiter.thread().isVirtual() && Spin.yieldUntil(waiter));
    }

    private void missed() {
        spinning = false;
        misses = Math.min(misses + 1, MOST_MISSES);
        skips = misses <= FREE_MISSES ? 0 : 1 << (misses - FREE_MISSES);
    }

    /** Whether a wait ends as soon as one other thread comes to the same place. */
    boolean handsOver() {
        return false;
    }
}
