package org.leaklab.core;

/** A wait in the line of a {@link Gate}. */
final class GateWaiter extends Waiter {

    /** What is asked for, in the primitive's own measure. */
    final long amount;

    GateWaiter(long amount) {
        this.amount = amount;
    }

    /** What the one at a place in line asks for. */
    static long amount(WaitNode node) {
        return ((GateWaiter) node.waiter).amount;
    }
}
