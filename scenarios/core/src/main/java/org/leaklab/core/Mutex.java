package org.leaklab.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.text.Printable;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Waiter;

/**
 * A mutual exclusion lock that is not reentrant and knows its owner.
 *
 * <p>If the owner locks it again, the owner waits for itself without end, as in Go. An unlock hands the lock to the
 * first waiting thread, so no thread is overtaken. One point differs from Go: only the thread that locked the mutex may
 * unlock it. If the owner ends without unlocking, no thread can ever unlock the mutex.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Mutex extends Gate {

    // guarded by the lock
    private @Nullable Thread owner;

    /**
     * Locks. Waits until the mutex is free or its owner hands it over, unless the current thread is interrupted.
     *
     * @throws InterruptedException if the current thread is interrupted first; it does not get the lock
     */
    public void lock() throws InterruptedException {
        pass(null, 1, Nanos.FOR_EVER);
    }

    /**
     * Locks. Waits until the mutex is free or its owner hands it over, unless the context is done or the current thread
     * is interrupted.
     *
     * @throws CancelledException if the context is done first; the thread does not get the lock
     * @throws InterruptedException if the current thread is interrupted first; it does not get the lock
     */
    public void lock(Context context) throws InterruptedException {
        context.throwIfDone();
        pass(context.cancellation(), 1, Nanos.FOR_EVER);
    }

    /**
     * Locks. Waits at most as long as the timeout until the mutex is free or its owner hands it over.
     *
     * @return true if the thread got the lock, false if the time ran out
     * @throws InterruptedException if the current thread is interrupted first; it does not get the lock
     */
    public boolean tryLock(Duration timeout) throws InterruptedException {
        return pass(null, 1, Nanos.of(timeout));
    }

    /**
     * Locks if the mutex is free. Never waits.
     *
     * @return whether the thread got the lock; false also if it is the owner already
     */
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
     * Unlocks. If threads wait, hands the lock to the first of them. Never waits.
     *
     * @throws IllegalMonitorStateException if the current thread is not the owner
     */
    public void unlock() {
        Waiter next = null;
        Thread current = Thread.currentThread();
        Thread holder;
        enter();
        try {
            holder = owner;
            if (holder == current) {
                next = completeFirst();
                owner = next == null ? null : next.thread();
            }
        } finally {
            leave();
        }
        if (holder != current) { // without the lock: a thread's toString() may look at this mutex
            throw new IllegalMonitorStateException(
                    holder == null
                            ? "unlock of unlocked mutex"
                            : "unlock of a mutex that belongs to " + Printable.of(holder.toString()));
        }
        if (next != null) {
            next.wake();
        }
    }

    /** The thread that holds the lock, or null if the mutex is free. The thread may have ended since. */
    public @Nullable Thread owner() {
        enter();
        try {
            return owner;
        } finally {
            leave();
        }
    }

    /**
     * Returns whether a thread holds the lock and waits for it all the same, because it has locked it twice. A thread
     * that was just handed the lock does not: it may still be parked, but it is not in line any more.
     */
    public boolean isLockedTwiceBy(Thread thread) {
        enter();
        try {
            return owner == thread && isInLine(thread);
        } finally {
            leave();
        }
    }

    /** How many threads wait for the lock. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    @Override
    public String toString() {
        Thread holder = owner();
        return "mutex (" + (holder == null ? "free" : "held by " + Printable.of(holder.getName())) + ", " + waiting()
                + " waiting)";
    }
}
