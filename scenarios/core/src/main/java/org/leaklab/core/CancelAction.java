package org.leaklab.core;

/** An action that a {@link Scope} runs when it is cancelled. */
final class CancelAction extends Dependent {

    /** What to run, once. */
    final Runnable action;

    /**
     * Whether it is the core's own: quick, never blocking, and run before anything foreign. Else it belongs to a user,
     * and may do anything.
     */
    final boolean own;

    CancelAction(Runnable action, boolean own) {
        this.action = action;
        this.own = own;
    }
}
