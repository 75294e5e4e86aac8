package org.leaklab.core;

/** A primitive with one queue: whoever cannot pass at once waits in line until somebody lets it through. */
abstract class Gate extends Waitable {

    /** Passes if nothing has to be waited for; under the lock. */
    abstract boolean passNow(long amount);

    /** What else there is to do when somebody who waited in line has been let through; without the lock. */
    void arrived() {}

    /** What else there is to do when a node has left the queue without being let through; without the lock. */
    void left() {}

    /**
     * Passes, or waits in line.
     *
     * @param amount what is asked for, in the primitive's own measure
     * @param nanos how long to wait at most; 0 does not, {@link Nanos#FOR_EVER} is without limit
     * @return whether it passed; false when time ran out
     * @throws CancelledException if the context is done first
     * @throws InterruptedException if interrupted first
     */
    final boolean pass(Context context, long amount, long nanos) throws InterruptedException {
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
    final boolean tryPass(long amount) {
        enter();
        try {
            return passNow(amount);
        } finally {
            leave();
        }
    }

    /** How many threads wait in line. */
    public final int waiting() {
        enter();
        try {
            return inLine();
        } finally {
            leave();
        }
    }

    @Override
    final boolean handsOver() {
        return true;
    }

    @Override
    final void forget(WaitNode node) {
        super.forget(node);
        left();
    }
}
