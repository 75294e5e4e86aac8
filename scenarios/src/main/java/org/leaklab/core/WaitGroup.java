package org.leaklab.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A counter that threads wait on until it is zero, as in Go.
 *
 * <p>Add before you start what will call {@link #done()}. The counter may be used again once every earlier wait has
 * returned.
 */
public final class WaitGroup extends Waitable {

    private final ReentrantLock lock = new ReentrantLock();

    // guarded by the lock
    private int count;
    private int returning;
    private final WaitQueue waiters = new WaitQueue();

    /**
     * Adds to the counter; a negative number takes away. At zero all waiters are woken.
     *
     * @throws IllegalStateException if the counter would become negative, or if the counter is used again while threads
     *     that waited for it to become zero have not returned yet
     */
    public void add(int delta) {
        List<Waiter> ready = new ArrayList<>();
        lock.lock();
        try {
            if (delta > 0 && count == 0 && returning > 0) {
                throw new IllegalStateException(
                        "WaitGroup is reused before the previous wait has returned: use a new one for each round");
            }
            int sum = Math.addExact(count, delta);
            if (sum < 0) {
                throw new IllegalStateException("negative WaitGroup counter: more done() than add()");
            }
            count = sum;
            if (sum == 0) {
                for (WaitNode node; (node = waiters.claimFirst()) != null; ) {
                    returning++;
                    node.waiter.finish(node);
                    ready.add(node.waiter);
                }
            }
        } finally {
            lock.unlock();
        }
        ready.forEach(Waiter::wake);
    }

    /**
     * Takes one from the counter.
     *
     * @throws IllegalStateException if the counter would become negative
     */
    public void done() {
        add(-1);
    }

    /**
     * Waits until the counter is zero.
     *
     * @throws InterruptedException if interrupted first
     */
    public void await() throws InterruptedException {
        await(Context.background(), Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, unless the context is done first.
     *
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    public void await(Context context) throws InterruptedException {
        context.throwIfDone();
        await(context, Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, for a time at most.
     *
     * @return whether it became zero in time
     * @throws InterruptedException if interrupted first
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Context.background(), Nanos.of(timeout));
    }

    private boolean await(Context context, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter;
        lock.lock();
        try {
            if (count == 0) {
                return true;
            }
            if (nanos == 0) {
                return false;
            }
            waiter = new Waiter();
            waiters.add(waiter);
        } finally {
            lock.unlock();
        }
        boolean zero = waiter.await(this, context, nanos);
        if (zero) {
            lock.lock();
            try {
                returning--;
            } finally {
                lock.unlock();
            }
        }
        return zero;
    }

    /** The counter. */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    void forget(WaitNode node) {
        lock.lock();
        try {
            waiters.remove(node);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "wait group (" + count() + " to go, " + waiting() + " waiting)";
    }
}
