package org.leaklab.core;

/** A primitive that threads wait on. Its short lock guards its state and its queues. */
abstract class Waitable extends ShortLock {

    /** Takes a node of a waiter that gave up, or was woken elsewhere, out of the queue it may still be in. */
    abstract void forget(WaitNode node);
}
