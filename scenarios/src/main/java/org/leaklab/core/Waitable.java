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

    // guarded by the lock
    private @Nullable WaitNode head;
    private @Nullable WaitNode tail;
    private int waiting;

    // how spinning went lately: not guarded, for it does not matter if an update is lost
    private int misses;
    private int skips = FIRST_SKIPS;

    /** How many nodes are in line. */
    final int inLine() {
        return waiting;
    }

    final @Nullable WaitNode first() {
        return head;
    }

    final void add(WaitNode node) {
        node.linked = true;
        node.previous = tail;
        if (tail == null) {
            head = node;
        } else {
            tail.next = node;
        }
        tail = node;
        waiting++;
    }

    /** Unlinks a node; false if it is not linked any more. */
    final boolean remove(WaitNode node) {
        if (!node.linked) {
            return false;
        }
        WaitNode previous = node.previous;
        WaitNode next = node.next;
        if (previous == null) {
            head = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            tail = previous;
        } else {
            next.previous = previous;
        }
        node.linked = false;
        node.previous = null;
        node.next = null;
        waiting--;
        return true;
    }

    /** Unlinks nodes from the front until the wait of one could be ended; null when none could. */
    final @Nullable Waiter completeFirst() {
        for (WaitNode node; (node = head) != null; ) {
            remove(node);
            if (node.waiter.complete(node)) {
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
     * Waits a moment before parking, on the waiter's own thread; true if that was enough.
     *
     * <p>It does so less and less often where that goes wrong: after some misses in a row, each further one doubles the
     * number of waits that give up early. A hit ends that and halves the misses that are remembered: while there are
     * any, a virtual thread spins longer, because its peer may still be parking by an experience of its own.
     */
    final boolean spin(Waiter waiter, Thread thread) {
        int left = skips;
        boolean hit = Spin.of(thread, handsOver(), left > 0, misses > 0).until(waiter);
        if (left > 0) {
            skips = left - 1;
        } else if (!hit) {
            missed();
        } else if (misses != 0) {
            misses /= 2;
        }
        return hit || (!thread.isVirtual() && Spin.yieldUntil(waiter));
    }

    private void missed() {
        misses = Math.min(misses + 1, MOST_MISSES);
        skips = misses <= FREE_MISSES ? 0 : 1 << (misses - FREE_MISSES);
    }

    /** Whether a wait ends as soon as one other thread comes to the same place. */
    boolean handsOver() {
        return false;
    }
}
