package org.leaklab.core.wait;

/** A wait in the line of a {@link Gate}. */
final class GateWaiter extends Waiter {

    /** What is asked for, in the primitive's own measure. */
    final long amount;

    GateWaiter(long amount) {
        this.amount = amount;
    }
}
