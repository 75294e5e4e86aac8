package org.leaklab.core;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.Nanos;

/**
 * The part of a {@link Context} that can be cancelled. It is cancelled at most once.
 *
 * <p>A cancel goes through all scopes below first, one after the other and without recursion: it marks each, wakes the
 * threads that wait under it and runs the core's own listeners, which interrupt tasks. Only then does it run the
 * actions of users, in the order in which they were registered, those of a scope before those of the scopes below.
 * Whatever an action does, everybody else has been told by then.
 *
 * <p>Invariants: each listener is told exactly once, and without a lock. A dependent that comes to a cancelled scope is
 * told at once. A cancelled scope is in no ring, holds no dependent, and is not among the {@link Timers}.
 *
 * <p>Memory: {@code cause} is volatile, and is written before anybody is told.
 */
final class Scope extends Dependent implements Cancellation {

    private final @Nullable Scope parent;
    /** When it expires at the latest, or null if never. */
    final @Nullable Deadline deadline;

    /** Whether the deadline is its own, and not the parent's. */
    private final boolean timed;

    /** The place in the heap of the {@link Timers}, or -1; guarded by their lock. */
    int place = -1;

    /** Its number among the {@link org.leaklab.core.live.PendingDeadlines}; guarded by the lock of the timers. */
    long number;

    // guarded by the lock; the dependents are a ring, so the last one is the one before the first
    private @Nullable Dependent first;
    private int dependents;
    private @Nullable Channel<Void> done;
    private volatile @Nullable Throwable cause;

    private Scope(@Nullable Scope parent, @Nullable Deadline deadline, boolean timed) {
        this.parent = parent;
        this.deadline = deadline;
        this.timed = timed;
    }

    /** A scope under a parent; cancelled at once if the parent is. */
    static Scope under(@Nullable Scope parent) {
        return joined(new Scope(parent, parent == null ? null : parent.deadline, false));
    }

    private static Scope joined(Scope scope) {
        Scope parent = scope.parent;
        if (parent != null && !parent.add(scope)) {
            scope.cancel(parent.cause);
        }
        return scope;
    }

    /**
     * A scope under a parent that expires at a deadline, or when the parent does if that is earlier.
     *
     * @param nanos how far off the deadline was when it was made
     */
    static Scope expiring(@Nullable Scope parent, Deadline deadline, long nanos) {
        Deadline parents = parent == null ? null : parent.deadline;
        if (nanos > 0 && parents != null && !deadline.isBefore(parents)) {
            return under(parent);
        }
        Scope scope = joined(new Scope(parent, deadline, true));
        if (nanos <= 0) {
            scope.expire();
        } else if (nanos < Nanos.FOR_EVER && scope.cause == null) {
            try {
                Timers.add(scope);
            } catch (Throwable thrown) { // the system has no thread for the timer, say
                Timers.remove(scope);
                scope.leaveParent();
                throw thrown;
            }
            if (scope.cause != null) { // a cancel between the two may have looked for the timer too early
                Timers.remove(scope);
            }
        }
        return scope;
    }

    /** When it expires at the latest, or null if never. */
    @Nullable
    Deadline deadline() {
        return deadline;
    }

    /** What it was cancelled with, or null while it is not. */
    @Nullable
    Throwable cause() {
        return cause;
    }

    /** A new exception for a thread that found the scope cancelled. */
    @Override
    public CancelledException exception() {
        Throwable found = cause;
        if (found instanceof DeadlineExceededException) {
            return new DeadlineExceededException(found);
        }
        return new CancelledException("context cancelled", found);
    }

    /** Adds a listener; if the scope is cancelled already, calls it at once. */
    void listen(CancelAction listener) {
        if (!listener.own && deadline != null && deadline.nanosLeft() < Nanos.FOR_EVER) {
            listener.countAtDeadline();
        }
        if (!add(listener)) {
            listener.run();
        }
    }

    /** Adds a dependent; false if the scope is cancelled. */
    private boolean add(Dependent dependent) {
        enter();
        try {
            if (cause != null) {
                return false;
            }
            if (first == null) {
                dependent.previous = dependent;
                dependent.next = dependent;
                first = dependent;
            } else {
                Dependent last = first.previous;
                dependent.previous = last;
                dependent.next = first;
                last.next = dependent;
                first.previous = dependent;
            }
            dependents++;
            return true;
        } finally {
            leave();
        }
    }

    /** Takes an action back, unless the scope is cancelled or it is out already. */
    void takeBack(CancelAction action) {
        if (remove(action)) {
            action.over();
        }
    }

    /** Takes a dependent out; false if the scope is cancelled or it is out already. */
    private boolean remove(Dependent dependent) {
        enter();
        try {
            if (cause != null || dependent.next == null) {
                return false;
            }
            Dependent before = dependent.previous;
            Dependent after = dependent.next;
            before.next = after;
            after.previous = before;
            if (first == dependent) {
                first = after == dependent ? null : after;
            }
            dependent.previous = null;
            dependent.next = null;
            dependents--;
            return true;
        } finally {
            leave();
        }
    }

    int dependents() {
        enter();
        try {
            return dependents;
        } finally {
            leave();
        }
    }

    /** The channel that is closed when the scope is cancelled. It is made when it is first asked for. */
    @Override
    public Channel<Void> done() {
        boolean over;
        Channel<Void> made;
        enter();
        try {
            if (done != null) {
                return done;
            }
            made = Channel.closingAt(deadline);
            done = made;
            over = cause != null;
        } finally {
            leave();
        }
        if (over) { // then nobody else closes it
            made.close();
        }
        return made;
    }

    /**
     * Cancels; only the first call counts.
     *
     * @throws RuntimeException the first that an action of a user threw, after all have run; also any {@link Error}
     */
    void cancel(Throwable with) {
        Failures failures = spread(with, false);
        failures.runDeferred();
        failures.throwFirst();
    }

    /**
     * Cancels because the deadline has passed. Called by the timer: the listeners run on another thread, those of the
     * core too, because an interrupt may close a channel of {@code java.nio}, which is foreign code.
     */
    void expire() {
        Failures failures = spread(new DeadlineExceededException(null), true);
        if (!failures.isEmpty()) {
            Timers.runLate(failures);
        }
    }

    /** Takes this out of the ring of its parent; called when it is cancelled. Does nothing the second time. */
    void leaveParent() {
        if (parent != null) {
            parent.remove(this);
        }
    }

    /**
     * Cancels this and all below. Needs no memory once it has begun, so that one which runs out of memory tells
     * everybody below all the same.
     *
     * @param late whether the core's own listeners are to be run later too
     * @return the actions that are left to be run, with what went wrong so far
     */
    private Failures spread(Throwable with, boolean late) {
        Failures failures = new Failures();
        Dependent pending = mark(with, failures);
        while (pending != null) {
            Dependent told = pending;
            pending = told.next;
            told.next = null;
            told.previous = null;
            if (told instanceof Scope below) {
                Dependent itsFirst = below.mark(with, failures);
                if (itsFirst != null) {
                    itsFirst.previous.next = pending;
                    pending = itsFirst;
                }
            } else if (told instanceof CancelAction listener) {
                if (listener.own && !late) {
                    failures.run(listener);
                } else {
                    failures.defer(listener);
                }
            }
        }
        return failures;
    }

    /**
     * Makes this scope alone cancelled, and wakes who waits under it.
     *
     * @return the first of its dependents, whose chain is now the caller's: the last one has no next one, and is the
     *     previous one of the first. Null if there are none, or if the scope was cancelled before.
     */
    private @Nullable Dependent mark(Throwable with, Failures failures) {
        Dependent chain;
        Channel<Void> closing;
        enter();
        try {
            if (cause != null) {
                return null;
            }
            cause = with;
            chain = first;
            closing = done;
            first = null;
            dependents = 0;
        } finally {
            leave();
        }
        if (chain != null) {
            chain.previous.next = null;
        }
        try {
            if (timed) {
                Timers.remove(this);
            }
            leaveParent(); // first: a thread that has seen the end of a context finds no trace of it on the parent
            if (closing != null) {
                closing.close();
            }
        } catch (Throwable thrown) { // a full stack, say; those below must be told all the same
            failures.add(thrown);
        }
        return chain;
    }
}
