package org.leaklab.core;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Waiter;

/**
 * A counter that threads wait on until it is zero, as in Go.
 *
 * <p>Add before you start what will call {@link #done()}. The counter may be used again once every earlier wait has
 * returned.
 */
public final class WaitGroup extends Gate {

    // guarded by the lock
    private int count;
    private int returning;

    /**
     * Adds to the counter; a negative number takes away. At zero all waiters are woken.
     *
     * @throws IllegalStateException if the counter would become negative, or if the counter is used again while threads
     *     that waited for it to become zero have not returned yet
     */
    public void add(int delta) {
        List<Waiter> ready = List.of();
        enter();
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
                ready = completeAll();
                returning += ready.size();
            }
        } finally {
            leave();
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
        pass(null, 0, Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, unless the context is done first.
     *
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    public void await(Context context) throws InterruptedException {
        context.throwIfDone();
        pass(context.cancellation(), 0, Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, for a time at most.
     *
     * @return whether it became zero in time
     * @throws InterruptedException if interrupted first
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return pass(null, 0, Nanos.of(timeout));
    }

    @Override
    protected boolean passNow(long ignored) {
        return count == 0;
    }

    @Override
    protected void arrived() {
        enter();
        returning--;
        leave();
    }

    /** The counter. */
    public int count() {
        enter();
        try {
            return count;
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
        return "wait group (" + count() + " to go, " + waiting() + " waiting)";
    }
}
