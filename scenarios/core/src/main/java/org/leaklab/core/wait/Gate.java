package org.leaklab.core.wait;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A primitive with one line: a thread that cannot pass at once waits in line until another thread lets it through. */
public abstract class Gate extends WaitQueue {

    /** Passes if nothing has to be waited for; under the lock. */
    protected abstract boolean passNow(long amount);

    /** What else there is to do when a thread that waited in line has been let through; without the lock. */
    protected void arrived() {}

    /** What else there is to do when a node has left the queue without being let through; without the lock. */
    protected void left() {}

    /**
     * Passes, or waits in line.
     *
     * @param context what may end the wait from outside, or null
     * @param amount what is asked for, in the primitive's own measure
     * @param nanos how long to wait at most; 0 does not, {@link Nanos#FOR_EVER} is without limit
     * @return whether it passed; false when time ran out
     * @throws CancellationException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    protected final boolean pass(@Nullable Cancellation context, long amount, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter;
        enter();
        try {
            if (passNow(amount)) {
                return true;
            }
            if (nanos == 0) {
                return false;
            }
            waiter = new GateWaiter(amount);
            chooseSpin(waiter);
            add(waiter);
        } finally {
            leave();
        }
        boolean through = waiter.await(this, context, nanos);
        if (through) {
            arrived();
        }
        return through;
    }

    /** Passes if nothing has to be waited for; never waits. */
    protected final boolean tryPass(long amount) {
        enter();
        try {
            return passNow(amount);
        } finally {
            leave();
        }
    }

    /** What the waiter at a place in line asks for. */
    protected static long amount(WaitNode node) {
        return ((GateWaiter) node.waiter).amount;
    }

    /** How many threads wait in line. */
    protected int waiting() {
        enter();
        try {
            return inLine();
        } finally {
            leave();
        }
    }

    @Override
    protected final boolean handsOver() {
        return true;
    }

    @Override
    final void forget(WaitNode node) {
        super.forget(node);
        left();
    }
}
