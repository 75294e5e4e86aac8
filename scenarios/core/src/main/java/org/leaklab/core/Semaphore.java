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
 * A weighted semaphore: it has a number of permits, and each acquire takes one or more of them.
 *
 * <p>First in, first out: a thread that waits for many permits is not overtaken by a later thread that needs few. If
 * the first waiting thread gives up, the threads behind it get the permits that are available.
 *
 * <p>Permits do not belong to a thread: any thread may release them. Safe for use by any number of threads.
 */
public final class Semaphore extends Gate {

    private final long limit;

    // guarded by the lock; a waiter is in the queue only while its amount, or that of one before it, is not available
    private long available;

    /**
     * A new semaphore. All its permits are available.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    public Semaphore(long permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("a semaphore has at least 1 permit, not " + permits);
        }
        this.limit = permits;
        this.available = permits;
    }

    /**
     * Takes one permit. Waits until a permit is available and no earlier thread waits, unless the current thread is
     * interrupted.
     *
     * @throws InterruptedException if the current thread is interrupted first; it takes no permit
     */
    public void acquire() throws InterruptedException {
        acquire(Context.background(), 1);
    }

    /**
     * Takes permits. Waits until they are available and no earlier thread waits, unless the context is done or the
     * current thread is interrupted.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than {@link #limit()}
     * @throws CancelledException if the context is done first; no permit is taken
     * @throws InterruptedException if the current thread is interrupted first; no permit is taken
     */
    public void acquire(Context context, long permits) throws InterruptedException {
        context.throwIfDone();
        acquire(context.cancellation(), permits, Nanos.FOR_EVER);
    }

    /**
     * Takes permits. Waits at most as long as the timeout until they are available and no earlier thread waits.
     *
     * @return true if the permits were taken, false if the time ran out
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than {@link #limit()}
     * @throws InterruptedException if the current thread is interrupted first; no permit is taken
     */
    public boolean tryAcquire(long permits, Duration timeout) throws InterruptedException {
        return acquire((Cancellation) null, permits, Nanos.of(timeout));
    }

    /**
     * Takes permits if they are available and no thread waits. Never waits.
     *
     * @return whether the permits were taken
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than {@link #limit()}
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
            throw new IllegalArgumentException(
                    "a call can take 1 to " + limit + " permits of this semaphore, not " + permits);
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

    /**
     * Gives back one permit, as {@link #release(long)} does.
     *
     * @throws IllegalStateException if no permit is taken
     */
    public void release() {
        release(1);
    }

    /**
     * Gives permits back, and wakes the waiting threads that can now go on, in their order. Never waits. Any thread may
     * call it.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws IllegalStateException if fewer permits are taken than would be given back
     */
    public void release(long permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("a call gives back 1 permit or more, not " + permits);
        }
        List<Waiter> ready = List.of();
        long taken;
        enter();
        try {
            taken = limit - available;
            if (permits <= taken) {
                available += permits;
                ready = grant();
            }
        } finally {
            leave();
        }
        if (permits > taken) { // without the lock: an exception fills in its stack
            throw new IllegalStateException("semaphore released more than held: " + permits
                    + " permits given back, but only " + taken + " of " + limit + " are taken");
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

    /** How many permits the semaphore has in all. */
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

    /** How many threads wait for permits. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    @Override
    public String toString() {
        return "semaphore (" + available() + " of " + limit + " available, " + waiting() + " waiting)";
    }
}
