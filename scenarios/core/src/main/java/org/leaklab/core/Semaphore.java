package org.leaklab.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.WaitNode;
import org.leaklab.core.wait.Waiter;

/**
 * A weighted semaphore: a number of permits. Each holder takes one or more.
 *
 * <p>First in, first out: a waiter for many permits is not starved by later ones for few. When the first waiter gives
 * up, those behind it are looked at again.
 */
public final class Semaphore extends Gate {

    private final long limit;

    // guarded by the lock; a waiter is in the queue only while its amount, or that of one before it, is not available
    private long available;

    /** A semaphore with all its permits available. */
    public Semaphore(long permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("a semaphore has at least 1 permit, not " + permits);
        }
        this.limit = permits;
        this.available = permits;
    }

    /**
     * Takes one permit. Waits until it is available and no earlier thread waits.
     *
     * @throws InterruptedException if interrupted first; then none is taken
     */
    public void acquire() throws InterruptedException {
        acquire(Context.background(), 1);
    }

    /**
     * Takes permits unless the context is done first.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1, or more than there are: that would wait for
     *     ever
     * @throws CancelledException if the context is done first; then none is taken
     * @throws InterruptedException if interrupted first; then none is taken
     */
    public void acquire(Context context, long permits) throws InterruptedException {
        context.throwIfDone();
        acquire(context.cancellation(), permits, Nanos.FOR_EVER);
    }

    /**
     * Takes permits if that can be done within a time.
     *
     * @return whether they are taken
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than there are
     * @throws InterruptedException if interrupted first; then none is taken
     */
    public boolean tryAcquire(long permits, Duration timeout) throws InterruptedException {
        return acquire((Cancellation) null, permits, Nanos.of(timeout));
    }

    /**
     * Takes permits if they are available and no thread waits for some; never waits.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than there are
     */
    public boolean tryAcquire(long permits) {
        check(permits);
        return tryPass(permits);
    }

    private boolean acquire(@Nullable Cancellation context, long permits, long nanos) throws InterruptedException {
        check(permits);
        return pass(context, permits, nanos);
    }

    private void check(long permits) {
        if (permits < 1 || permits > limit) {
            throw new IllegalArgumentException(permits + " permits asked of a semaphore that has " + limit);
        }
    }

    @Override
    protected boolean passNow(long permits) {
        if (first() != null || available < permits) {
            return false;
        }
        available -= permits;
        return true;
    }

    /** Gives back one permit. */
    public void release() {
        release(1);
    }

    /**
     * Gives permits back and wakes those that can go on. Any thread may do it.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws IllegalStateException if more would be given back than were taken
     */
    public void release(long permits) {
        if (permits < 1) {
            throw new IllegalArgumentException(permits + " permits given back");
        }
        List<Waiter> ready;
        enter();
        try {
            if (permits > limit - available) {
                throw new IllegalStateException("semaphore released more than held: " + permits + " given back, "
                        + (limit - available) + " of " + limit + " taken");
            }
            available += permits;
            ready = grant();
        } finally {
            leave();
        }
        if (!ready.isEmpty()) { // an iterator over nothing is an object too
            ready.forEach(Waiter::wake);
        }
    }

    /** Hands permits to waiters from the front as long as they suffice. */
    private List<Waiter> grant() {
        List<Waiter> ready = List.of();
        for (WaitNode node; (node = first()) != null && amount(node) <= available; ) {
            remove(node);
            if (node.complete()) {
                available -= amount(node);
                ready = ready.isEmpty() ? new ArrayList<>() : ready;
                ready.add(node.waiter());
            }
        }
        return ready;
    }

    /** How many permits are available now. */
    public long available() {
        enter();
        try {
            return available;
        } finally {
            leave();
        }
    }

    /** How many permits there are in all. */
    public long limit() {
        return limit;
    }

    /** Looks at those behind a waiter that gave up: it may have been the one that held them up. */
    @Override
    protected void left() {
        List<Waiter> ready;
        enter();
        try {
            ready = grant();
        } finally {
            leave();
        }
        if (!ready.isEmpty()) { // an iterator over nothing is an object too
            ready.forEach(Waiter::wake);
        }
    }

    /** How many threads wait in line. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    @Override
    public String toString() {
        return "semaphore (" + available() + " of " + limit + " available, " + waiting() + " waiting)";
    }
}
