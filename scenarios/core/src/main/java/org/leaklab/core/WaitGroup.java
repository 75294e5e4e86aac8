package org.leaklab.core;

import java.time.Duration;
import java.util.List;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.wait.Gate;
import org.leaklab.core.wait.Nanos;
import org.leaklab.core.wait.Waiter;

/**
 * A counter, as in Go. Threads wait until it is zero.
 *
 * <p>Call {@link #add} before you start the threads that will call {@link #done()}. Use the counter again only after
 * every earlier wait has returned. Safe for use by any number of threads.
 */
public final class WaitGroup extends Gate {

    // guarded by the lock
    private int count;
    private int returning;

    /**
     * Adds to the counter. A negative number subtracts. If the counter becomes zero, all waiting threads are woken.
     * Never waits.
     *
     * @throws IllegalStateException if the counter would become negative; or if the counter is zero, the number is
     *     positive, and threads that were woken by the zero have not returned yet
     * @throws ArithmeticException if the counter would be too large for an int
     */
    public void add(int delta) {
        List<Waiter> ready = List.of();
        boolean reused;
        long sum;
        enter();
        try {
            reused = delta > 0 && count == 0 && returning > 0;
            sum = (long) count + delta;
            if (!reused && sum >= 0 && sum <= Integer.MAX_VALUE) {
                count = (int) sum;
                if (sum == 0) {
                    ready = completeAll();
                    returning += ready.size();
                }
            }
        } finally {
            leave();
        }
        refuse(reused, sum);
        ready.forEach(Waiter::wake);
    }

    /** Says what was wrong with an add, if something was; without the lock, because an exception fills in its stack. */
    private static void refuse(boolean reused, long sum) {
        if (reused) {
            throw new IllegalStateException(
                    "WaitGroup is reused before the previous wait has returned: use a new one for each round");
        }
        if (sum < 0) {
            throw new IllegalStateException("negative WaitGroup counter: more done() than add()");
        }
        if (sum > Integer.MAX_VALUE) {
            throw new ArithmeticException("WaitGroup counter too large: " + sum);
        }
    }

    /**
     * Subtracts one from the counter. If it becomes zero, all waiting threads are woken. Never waits.
     *
     * @throws IllegalStateException if the counter would become negative
     */
    public void done() {
        add(-1);
    }

    /**
     * Waits until the counter is zero, unless the current thread is interrupted.
     *
     * @throws InterruptedException if the current thread is interrupted first
     */
    public void await() throws InterruptedException {
        pass(null, 0, Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, unless the context is done or the current thread is interrupted.
     *
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if the current thread is interrupted first
     */
    public void await(Context context) throws InterruptedException {
        context.throwIfDone();
        pass(context.cancellation(), 0, Nanos.FOR_EVER);
    }

    /**
     * Waits until the counter is zero, at most as long as the timeout.
     *
     * @return true if the counter became zero, false if the time ran out
     * @throws InterruptedException if the current thread is interrupted first
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

    /** The value of the counter. */
    public int count() {
        enter();
        try {
            return count;
        } finally {
            leave();
        }
    }

    /** How many threads wait for zero. */
    @Override
    public int waiting() {
        return super.waiting();
    }

    @Override
    public String toString() {
        return "wait group (" + count() + " to go, " + waiting() + " waiting)";
    }
}
