package org.leaklab.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.Nanos;

/**
 * Tells threads that they should stop, as in Go. Contexts form a tree: to cancel a context is to cancel every context
 * that was made from it. A task gets a context from its caller and stops when the context is done.
 *
 * <p>A context is done when it is cancelled, when its deadline passes or when its parent is done. Then it stays done.
 *
 * <p>Close each context that {@link #withCancel}, {@link #withTimeout} or {@link #withDeadline} made. Use
 * try-with-resources. Until a context is done, its parent holds it (the background holds none). Closing the context
 * takes it out of the parent.
 *
 * <p>Contexts also carry {@linkplain #withValue values} down the tree.
 *
 * <p>A context does not interrupt threads. A {@link TaskGroup} does: it interrupts its tasks when its context is done.
 *
 * <p>Safe for use by any number of threads. What happens before a cancel happens before what a thread does after it saw
 * that the context is done.
 */
public final class Context implements AutoCloseable {

    /** The trace that the work belongs to. If a context has none, a {@link TaskGroup} makes one. */
    public static final Key<String> TRACE_ID = new Key<>("trace-id");

    private static final Context BACKGROUND = new Context(null, null, false, null, null);

    private final @Nullable Context parent;
    private final @Nullable Scope scope;
    private final boolean owner;
    private final @Nullable Key<?> key;
    private final @Nullable Object value;

    /**
     * The name of a value. Two keys are equal only if they are the same object.
     *
     * @param <T> type of the value
     */
    @SuppressWarnings("UnusedTypeParameter") // ties a key to the type of its values
    public static final class Key<T> {
        private final String name;

        /**
         * A new key, which differs from every other key.
         *
         * @param name what {@link #toString()} returns
         */
        public Key(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The context of an operation was cancelled before or during the operation. The cause is the exception that the
     * context was cancelled with.
     */
    public static class CancelledException extends CancellationException {
        @SuppressWarnings("this-escape")
        CancelledException(String message, @Nullable Throwable cause) {
            super(message);
            if (cause != null) {
                initCause(cause);
            }
        }
    }

    /**
     * The context was closed. That happens to every context, and at the end of a block, so nobody looks for the place.
     */
    private static final class ClosedContext extends CancelledException {
        private ClosedContext() {
            super("context closed", null);
        }

        /** Costs as much as the stack is deep, so it is left out. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The deadline of a context has passed. */
    public static final class DeadlineExceededException extends CancelledException {
        DeadlineExceededException(@Nullable Throwable cause) {
            super("deadline exceeded: the work did not end in the time it was given", cause);
        }
    }

    private Context(
            @Nullable Context parent,
            @Nullable Scope scope,
            boolean owner,
            @Nullable Key<?> key,
            @Nullable Object value) {
        this.parent = parent;
        this.scope = scope;
        this.owner = owner;
        this.key = key;
        this.value = value;
    }

    /** The root of every tree. It is never done, and it has no deadline and no values. */
    public static Context background() {
        return BACKGROUND;
    }

    /** A new child that can be cancelled. If this context is done, the child is done at once. */
    public Context withCancel() {
        return new Context(this, Scope.under(scope), true, null, null);
    }

    /** A new child that can be cancelled, with a trace that is its own. */
    Context withTrace(TraceId trace) {
        return new Context(this, Scope.under(scope), true, TRACE_ID, trace);
    }

    /**
     * A new child that expires when the time is over, unless it is done before. If the time is zero or less, the child
     * has expired already. The time is measured with {@link System#nanoTime()}.
     */
    public Context withTimeout(Duration timeout) {
        long nanos = Nanos.of(timeout);
        return expiring(Deadline.in(nanos), nanos);
    }

    /**
     * A new child that expires at a time of day, unless it is done before. If the time has passed, the child has
     * expired already. The time that is left is computed once, when the child is made: later changes of the system
     * clock have no effect.
     */
    public Context withDeadline(Instant deadline) {
        long nanos = Nanos.of(Duration.between(Instant.now(), deadline));
        return expiring(Deadline.in(nanos, deadline), nanos);
    }

    Context expiring(Deadline deadline, long nanos) {
        return new Context(this, Scope.expiring(scope, deadline, nanos), true, null, null);
    }

    /**
     * A new child with one more value. It is done when this context is done. It cannot be cancelled by itself and does
     * not need to be closed.
     */
    public <T> Context withValue(Key<T> key, T value) {
        return new Context(this, scope, false, Objects.requireNonNull(key), Objects.requireNonNull(value));
    }

    /**
     * The value that this context has under the key. If it has none, the value of the nearest context above it that has
     * one. Null if no context up to the root has one.
     */
    @SuppressWarnings("unchecked") // withValue pairs a Key<T> with a T
    public <T> @Nullable T value(Key<T> key) {
        for (Context context = this; context != null; context = context.parent) {
            if (context.key == key) {
                return (T) (context.value instanceof TraceId trace ? trace.get() : context.value);
            }
        }
        return null;
    }

    /**
     * The time at which this context expires at the latest, or null if it has no deadline. The earliest deadline on the
     * way to the root counts. The time is for people: the deadline itself is on the clock of {@link System#nanoTime()},
     * and does not move when the system clock is set.
     */
    public @Nullable Instant deadline() {
        Deadline deadline = scope == null ? null : scope.deadline();
        return deadline == null ? null : deadline.time();
    }

    /**
     * Cancels this context and all contexts below it. Does nothing if this context is done already. Runs the actions
     * that {@link #onDone} registered, on the calling thread.
     *
     * @throws UnsupportedOperationException if this is the background, or a context that only carries a value
     */
    public void cancel() {
        cancel(new CancelledException("context cancelled", null));
    }

    /**
     * Cancels this context and all contexts below it, and says why. Does nothing if this context is done already. Runs
     * the actions that {@link #onDone} registered, on the calling thread.
     *
     * @param cause what {@link #cause()} returns from now on
     * @throws UnsupportedOperationException if this is the background, or a context that only carries a value
     */
    public void cancel(Throwable cause) {
        if (!owner) {
            throw new UnsupportedOperationException(
                    "only a context made by withCancel, withTimeout or withDeadline can be cancelled");
        }
        scope.cancel(Objects.requireNonNull(cause));
    }

    /**
     * Cancels this context, so that its tasks stop and its parent no longer holds it. Does nothing if the context is
     * done already, or if it cannot be cancelled.
     */
    @Override
    public void close() {
        if (!owner) {
            return;
        }
        if (scope.cause() == null) {
            scope.cancel(new ClosedContext());
        } else {
            scope.leaveParent(); // the timer, or who cancels, may be about to
        }
    }

    /** Whether this context is cancelled or has expired. */
    public boolean isDone() {
        return scope != null && scope.cause() != null;
    }

    /**
     * The exception that this context, or a context above it, was cancelled with. A {@link DeadlineExceededException}
     * if the context has expired. Null while the context is not done.
     */
    public @Nullable Throwable cause() {
        return scope == null ? null : scope.cause();
    }

    /**
     * Throws an exception if this context is done.
     *
     * @throws DeadlineExceededException if this context has expired
     * @throws CancelledException if this context was cancelled; its cause is the exception that the context was
     *     cancelled with
     */
    public void throwIfDone() {
        if (isDone()) {
            throw cancelledException();
        }
    }

    /**
     * A channel that is closed when this context is done. A thread can wait on it or select on it. No value is ever
     * sent on it. For the background, and for contexts below it that only carry values, the channel is nil.
     */
    public ReceiveChannel<Void> done() {
        return scope == null ? Channel.nil() : scope.done();
    }

    /**
     * Runs an action once, when this context is done. If the context is done already, the action runs now, on the
     * calling thread. Otherwise it runs on the thread that cancels the context. If a deadline passes, it runs on a
     * daemon thread of its own, so it delays no other context.
     *
     * <p>The actions run after this context and all contexts below it are done, after their waiting threads have been
     * woken, and after the tasks of their groups have been interrupted. The actions of a context run one after the
     * other, in the order in which they were registered. If an action throws anything, also an {@link Error}, the
     * others still run. Then the cancel throws what the first one threw, with the rest as suppressed exceptions; after
     * a deadline it is logged. For the background the action never runs.
     *
     * @return closing it takes the action back
     */
    public Registration onDone(Runnable action) {
        Scope told = scope;
        if (told == null) {
            return () -> {};
        }
        CancelAction listener = new CancelAction(Objects.requireNonNull(action), false);
        told.listen(listener);
        return () -> told.takeBack(listener);
    }

    /** Has an action of the core's own run before those of users when this context, not the background, is done. */
    void onDoneFirst(Runnable action) {
        scope.listen(new CancelAction(action, true));
    }

    /** Takes back the action that {@link #onDone} registered. */
    public interface Registration extends AutoCloseable {
        /** Takes the action back. Does nothing if the context is done: the action has run then, or will run. */
        @Override
        void close();
    }

    /**
     * How many contexts and actions this context holds. If this number grows, contexts leak: they were made from this
     * context and never closed. A context that only carries a value does not count; it shares the number of its parent.
     */
    public int dependents() {
        return scope == null ? 0 : scope.dependents();
    }

    /** When it expires at the latest, or null if never. */
    @Nullable
    Deadline expiry() {
        return scope == null ? null : scope.deadline();
    }

    /** A new exception for the thread that found the context done. */
    CancelledException cancelledException() {
        return scope.exception();
    }

    /** What may end a wait under this context; null for the background, which is never done. */
    @Nullable
    Cancellation cancellation() {
        return scope;
    }

    @Override
    public String toString() {
        if (scope == null) {
            return "background context";
        }
        Throwable cause = cause();
        return "context (" + (cause == null ? "open" : cause.getMessage())
                + (scope.deadline() == null ? "" : ", until " + deadline()) + ")";
    }
}
