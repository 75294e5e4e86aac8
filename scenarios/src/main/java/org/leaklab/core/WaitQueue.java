package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiters of one primitive, first in, first out: an intrusive doubly linked list, so that whoever gives up is
 * unlinked in constant time. A loser left on a long-lived primitive would itself be a leak.
 *
 * <p>Guarded by the lock of the primitive that it belongs to.
 */
final class WaitQueue {

    private @Nullable WaitNode head;
    private @Nullable WaitNode tail;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    WaitNode head() {
        return head;
    }

    void add(WaitNode node) {
        node.queue = this;
        node.previous = tail;
        if (tail == null) {
            head = node;
        } else {
            tail.next = node;
        }
        tail = node;
        size++;
    }

    /** Unlinks a node; does nothing if it is not linked any more. */
    void remove(WaitNode node) {
        if (node.queue != this) {
            return;
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
        node.queue = null;
        node.previous = null;
        node.next = null;
        size--;
    }

    /** Unlinks nodes from the front until one can be {@linkplain Waiter#claim() claimed}; null when none can. */
    @Nullable
    WaitNode claimFirst() {
        for (WaitNode node; (node = head) != null; ) {
            remove(node);
            if (node.waiter.claim()) {
                return node;
            }
        }
        return null;
    }

    /** Claims all; those that could be claimed are finished, and the caller wakes them. */
    List<Waiter> claimAll() {
        List<Waiter> claimed = List.of();
        for (WaitNode node; (node = claimFirst()) != null; ) {
            node.waiter.finish(node);
            claimed = claimed.isEmpty() ? new ArrayList<>() : claimed;
            claimed.add(node.waiter);
        }
        return claimed;
    }
}
