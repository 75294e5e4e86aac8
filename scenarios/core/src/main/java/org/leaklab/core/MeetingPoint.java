package org.leaklab.core;

import org.jspecify.annotations.Nullable;

/**
 * A primitive at which two sides meet: its line holds senders and receivers, and who comes hands over to, or takes
 * from, the first of the other side.
 *
 * <p>Invariant, under the lock: so many nodes in line are senders' as is counted. Both sides are in line together only
 * where a select sends and receives at the same place.
 */
abstract class MeetingPoint extends Waitable {

    // guarded by the lock
    private int sending;
    private @Nullable Waiter woken;

    final void lock() {
        enter();
    }

    /** Unlocks, then wakes whom {@link #completeReceiver} or {@link #completeSender} made ready, if it parks. */
    final void unlock() {
        Waiter ready = woken;
        if (ready == null) {
            leave();
        } else {
            woken = null;
            leave();
            ready.wake();
        }
    }

    // The rest runs under the lock.

    final int sending() {
        return sending;
    }

    final int receiving() {
        return inLine() - sending;
    }

    /** Hands a value to the first receiver in line; false if there is none. */
    final boolean completeReceiver(Object value) {
        while (receiving() > 0) {
            WaitNode node = next(false);
            takeOut(node);
            node.item = value;
            if (complete(node)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the value of the first sender in line; null if there is none. */
    final @Nullable Object completeSender() {
        while (sending > 0) {
            WaitNode node = next(true);
            takeOut(node);
            sending--;
            if (complete(node)) {
                return node.item;
            }
        }
        return null;
    }

    private boolean complete(WaitNode node) {
        boolean completed = node.complete();
        if (completed && node.waiter.isParked()) {
            woken = node.waiter;
        }
        return completed;
    }

    /**
     * The first of a side that has somebody in line. That is the very first one, unless a select both sends and
     * receives here.
     */
    private WaitNode next(boolean sends) {
        WaitNode node = first();
        if (sending > 0 && receiving() > 0) {
            while (node.sends != sends) {
                node = node.next;
            }
        }
        return node;
    }

    final void enqueueSender(WaitNode node, Object value) {
        node.item = value;
        node.sends = true;
        add(node);
        sending++;
    }

    final void enqueueReceiver(WaitNode node) {
        add(node);
    }

    final void unlink(WaitNode node) {
        if (remove(node) && node.sends) {
            sending--;
        }
    }

    @Override
    final void forget(WaitNode node) {
        lock();
        try {
            unlink(node);
        } finally {
            unlock();
        }
    }
}
