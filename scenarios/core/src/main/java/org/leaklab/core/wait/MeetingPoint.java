package org.leaklab.core.wait;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A primitive at which two sides meet, until it is closed: its line holds senders and receivers. A thread that comes
 * hands over to, or takes from, the first one of the other side.
 *
 * <p>Invariant, under the lock: {@code sending} is the number of nodes in line that are senders'. Both sides are in
 * line together only where a select sends and receives at the same place.
 *
 * <p>A subclass says what passes without a wait: it may keep values between the two sides.
 */
public abstract class MeetingPoint extends WaitQueue {

    /** What {@link #receive} returns when time ran out. */
    protected static final Object TIMED_OUT = new Object();

    private static final AtomicLong IDS = new AtomicLong();

    /** The order in which a {@link Selection} tries the locks of places. */
    protected final long id = IDS.getAndIncrement();

    // guarded by the lock
    private int sending;
    private boolean closed;
    private @Nullable Waiter woken;

    /**
     * Sends, or waits in line.
     *
     * @param context what may end the wait from outside, or null
     * @param nanos how long to wait at most; 0 does not, {@link Nanos#FOR_EVER} is without limit
     * @return whether it was sent; false when time ran out
     * @throws CancellationException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    protected final boolean send(@Nullable Cancellation context, Object value, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = null;
        lock();
        try {
            if (!closed) {
                if (sendNow(value)) {
                    return true;
                }
                if (nanos == 0) {
                    return false;
                }
                waiter = new Waiter();
                chooseSpin(waiter);
                enqueueSender(waiter, value);
            }
        } finally {
            unlock();
        }
        if (waiter == null) {
            throw sendOnClosed();
        }
        boolean sent = waiter.await(this, context, nanos);
        if (sent && waiter.closed) {
            throw sendOnClosed();
        }
        return sent;
    }

    /**
     * Receives, or waits in line.
     *
     * @param context what may end the wait from outside, or null
     * @param nanos how long to wait at most; 0 does not, {@link Nanos#FOR_EVER} is without limit
     * @return the value, null when the place is closed and nothing is left, or {@link #TIMED_OUT} when time ran out
     * @throws CancellationException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    protected final @Nullable Object receive(@Nullable Cancellation context, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter;
        lock();
        try {
            Object value = receiveNow();
            if (value != null || closed) {
                return value;
            }
            if (nanos == 0) {
                return TIMED_OUT;
            }
            waiter = new Waiter();
            chooseSpin(waiter);
            enqueueReceiver(waiter);
        } finally {
            unlock();
        }
        return waiter.await(this, context, nanos) ? waiter.item : TIMED_OUT;
    }

    /** Closes the place and ends all waits; false if it was closed already. */
    protected final boolean closeAndWake() {
        WaitNode firstWoken = null;
        WaitNode lastWoken = null;
        lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            for (WaitNode node; (node = first()) != null; ) {
                unlink(node);
                node.item = null;
                node.closed = true;
                if (node.complete()) { // a chain, and no list: there may be no memory left
                    if (lastWoken == null) {
                        firstWoken = node;
                    } else {
                        lastWoken.next = node;
                    }
                    lastWoken = node;
                }
            }
        } finally {
            unlock();
        }
        for (WaitNode node = firstWoken; node != null; ) {
            WaitNode after = node.next;
            node.next = null;
            node.waiter.wake();
            node = after;
        }
        return true;
    }

    /** Waits for the close of a place where nothing is ever sent; false if it is closed already. */
    final boolean listen(WaitNode node) {
        lock();
        try {
            if (closed) {
                return false;
            }
            add(node);
            return true;
        } finally {
            unlock();
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

    protected final void lock() {
        enter();
    }

    /** Locks several places, each of which stands there once. */
    static void lockAll(MeetingPoint[] places) {
        enterAll(places);
    }

    /**
     * Unlocks, then wakes the one that {@link #completeReceiver} or {@link #completeSender} made ready, if it parks.
     */
    protected final void unlock() {
        Waiter ready = woken;
        if (ready == null) {
            leave();
        } else {
            woken = null;
            leave();
            ready.wake();
        }
    }

    /** What a send throws when the place is closed. Called without the lock: an exception fills in its stack. */
    protected abstract RuntimeException sendOnClosed();

    // The rest runs under the lock. A Selection takes the locks of several places itself.

    /** Sends if nothing has to be waited for. Not called when the place is closed. */
    protected abstract boolean sendNow(Object value);

    /** Receives if nothing has to be waited for; null otherwise, and when closed and nothing is left. */
    protected abstract @Nullable Object receiveNow();

    protected final boolean closedNow() {
        return closed;
    }

    /** How many nodes in line are senders'. */
    protected final int sending() {
        return sending;
    }

    /** How many nodes in line are receivers'. */
    protected final int receiving() {
        return inLine() - sending;
    }

    /** Hands a value to the first receiver in line; false if there is none. */
    protected final boolean completeReceiver(Object value) {
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
    protected final @Nullable Object completeSender() {
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
     * The first of a side that has a node in line. That is the very first one, unless a select both sends and receives
     * here.
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

    private void unlink(WaitNode node) {
        if (remove(node) && node.sends) {
            sending--;
        }
    }
}
