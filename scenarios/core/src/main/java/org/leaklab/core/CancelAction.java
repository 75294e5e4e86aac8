package org.leaklab.core;

import java.util.concurrent.atomic.LongAdder;

/** An action that a {@link Scope} runs when it is cancelled. */
final class CancelAction extends Dependent implements Runnable {

    /** How many actions of users a deadline may run, with those that run now because one has passed. */
    private static final LongAdder AT_DEADLINES = new LongAdder();

    private final Runnable action;
    private boolean counted;

    /**
     * Whether it is the core's own: quick, never blocking, and run before anything foreign. Else it belongs to a user,
     * and may do anything.
     */
    final boolean own;

    CancelAction(Runnable action, boolean own) {
        this.action = action;
        this.own = own;
    }

    /** Whether an action of a user runs because a deadline has passed, or may run when one passes. */
    static boolean anyAtDeadline() {
        return AT_DEADLINES.sum() != 0;
    }

    /** Says, before the scope knows it, that a deadline may run it. */
    void countAtDeadline() {
        counted = true;
        AT_DEADLINES.increment();
    }

    /** Says that it has run, or never will. Called once, by the thread that took it from its scope. */
    void over() {
        if (counted) {
            counted = false;
            AT_DEADLINES.decrement();
        }
    }

    /** Runs it, once. */
    @Override
    public void run() {
        try {
            action.run();
        } finally {
            over();
        }
    }
}
