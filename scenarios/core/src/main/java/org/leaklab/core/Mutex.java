package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Waiter;

/**
 * A mutual exclusion lock that is not reentrant and knows its owner.
 *
 * <p>A thread that locks it twice waits for itself, for ever, as in Go. Unlocking hands the lock to the first waiter,
 * so no thread is overtaken. Unlike Go's it belongs to the thread that locked it, and only that thread may unlock it.
 */
public final class Mutex extends Gate {

    // guarded by the lock
    private @Nullable Thread owner;

    /**
     * Locks. Waits until the owner unlocks and hands over.
     *
     * @throws InterruptedException if interrupted before it was handed over; then it is not locked
     */
    public void lock() throws InterruptedException {
        pass(null, 1, Nanos.FOR_EVER);
    }

    /**
     * Locks unless the context is done first.
     *
     * @throws CancelledException if the context is done first; then it is not locked
     * @throws InterruptedException if interrupted first; then it is not locked
     */
    public void lock(Context context) throws InterruptedException {
        context.throwIfDone();
        pass(context.cancellation(), 1, Nanos.FOR_EVER);
    }

    /**
     * Locks if that can be done within a time.
     *
     * @return whether it is locked
     * @throws InterruptedException if interrupted first; then it is not locked
     */
    public boolean tryLock(Duration timeout) throws InterruptedException {
        return pass(null, 1, Nanos.of(timeout));
    }

    /** Locks if it is free; never waits. */
    public boolean tryLock() {
        return tryPass(1);
    }

    @Override
    protected boolean passNow(long one) {
        if (owner != null) {
            return false;
        }
        owner = Thread.currentThread();
        return true;
    }

    /**
     * Unlocks, and hands the lock to the first waiter.
     *
     * @throws IllegalMonitorStateException if the calling thread is not the owner
     */
    public void unlock() {
        Waiter next;
        enter();
        try {
            if (owner != Thread.currentThread()) {
                throw new IllegalMonitorStateException(
                        owner == null ? "unlock of unlocked mutex" : "unlock of a mutex that belongs to " + owner);
            }
            next = completeFirst();
            owner = next == null ? null : next.thread();
        } finally {
            leave();
        }
        if (next != null) {
            next.wake();
        }
    }

    /** The thread that holds it, or null. The thread may have died since. */
    public @Nullable Thread owner() {
        enter();
        try {
            return owner;
        } finally {
            leave();
        }
    }

    /** How many threads wait in line. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    @Override
    public String toString() {
        Thread holder = owner();
        return "mutex (" + (holder == null ? "free" : "held by " + holder.getName()) + ", " + waiting() + " waiting)";
    }
}
