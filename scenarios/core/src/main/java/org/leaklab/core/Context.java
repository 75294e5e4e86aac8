package org.leaklab.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.Nanos;

/**
 * A scope of cancellation in a tree, as in Go: a thread that works for another one gets a context, and stops when the
 * context is done.
 *
 * <p>Cancelling a context cancels all that were made from it. A context that was made must be closed (or cancelled, or
 * expire), which takes it out of its parent, so that a long-lived parent keeps no trace of it; hence use
 * try-with-resources. Contexts also carry {@linkplain #withValue values} down the tree.
 *
 * <p>A context tells; it does not interrupt. A {@link TaskGroup} interrupts its tasks when its context is done. Safe
 * for use by any number of threads; what happens before a cancel happens before what a thread does after it saw the
 * context done.
 */
public final class Context implements AutoCloseable {

    /** The trace that work belongs to; a {@link TaskGroup} makes one up where none is set. */
    public static final Key<String> TRACE_ID = new Key<>("trace-id");

    private static final Context BACKGROUND = new Context(null, null, false, null, null, null);

    private final @Nullable Context parent;
    private final @Nullable Scope scope;
    private final boolean owner;
    private final @Nullable Instant deadline;
    private final @Nullable Key<?> key;
    private final @Nullable Object value;

    /**
     * Names a value; compared by identity.
     *
     * @param <T> type of the value
     */
    @SuppressWarnings("UnusedTypeParameter") // ties a key to the type of its values
    public static final class Key<T> {
        private final String name;

        /** A new key, different from every other one. */
        public Key(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A context was cancelled while, or before, something ran under it. The cause is what it was cancelled with. */
    public static class CancelledException extends CancellationException {
        @SuppressWarnings("this-escape")
        CancelledException(String message, @Nullable Throwable cause) {
            super(message);
            if (cause != null) {
                initCause(cause);
            }
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
            @Nullable Instant deadline,
            @Nullable Key<?> key,
            @Nullable Object value) {
        this.parent = parent;
        this.scope = scope;
        this.owner = owner;
        this.deadline = deadline;
        this.key = key;
        this.value = value;
    }

    /** The root: never done, without a deadline or values. */
    public static Context background() {
        return BACKGROUND;
    }

    /** A child that can be cancelled. */
    public Context withCancel() {
        return new Context(this, Scope.under(scope), true, deadline, null, null);
    }

    /**
     * A child that expires after a time, unless it is done before; with zero or a negative time it has expired already.
     */
    public Context withTimeout(Duration timeout) {
        long nanos = Nanos.of(timeout);
        Instant expires = nanos >= Nanos.FOR_EVER ? Instant.MAX : Instant.now().plusNanos(nanos);
        return expiring(nanos, expires);
    }

    /** A child that expires at a time of day, unless it is done before; if that has passed, it has expired already. */
    public Context withDeadline(Instant deadline) {
        return expiring(Nanos.of(Duration.between(Instant.now(), deadline)), deadline);
    }

    private Context expiring(long nanos, Instant expires) {
        boolean earlier = nanos == 0 || deadline == null || expires.isBefore(deadline);
        Context child = new Context(this, Scope.under(scope), true, earlier ? expires : deadline, null, null);
        if (earlier) {
            child.scope.cancelAfter(nanos, new DeadlineExceededException(null));
        }
        return child;
    }

    /** A child with one more value. It is done when this is; it cannot be cancelled by itself and needs no close. */
    public <T> Context withValue(Key<T> key, T value) {
        return new Context(this, scope, false, deadline, Objects.requireNonNull(key), Objects.requireNonNull(value));
    }

    /** The value of the nearest context up the tree that has one under the key, or null. */
    @SuppressWarnings("unchecked") // withValue pairs a Key<T> with a T
    public <T> @Nullable T value(Key<T> key) {
        for (Context context = this; context != null; context = context.parent) {
            if (context.key == key) {
                return (T) context.value;
            }
        }
        return null;
    }

    /** When it expires at the latest, or null. */
    public @Nullable Instant deadline() {
        return deadline;
    }

    /** Cancels it and all below it. Does nothing when it is done already. */
    public void cancel() {
        cancel(new CancelledException("context cancelled", null));
    }

    /**
     * Cancels it and all below it, and says why. Does nothing when it is done already.
     *
     * @throws UnsupportedOperationException for the background and for a context that only carries a value
     */
    public void cancel(Throwable cause) {
        if (!owner) {
            throw new UnsupportedOperationException(
                    "only a context made by withCancel, withTimeout or withDeadline can be cancelled");
        }
        scope.cancel(Objects.requireNonNull(cause));
    }

    /**
     * Cancels it, so that nothing works on under it and its parent forgets it. Does nothing for a context that cannot
     * be cancelled.
     */
    @Override
    public void close() {
        if (owner) {
            cancel(new CancelledException("context closed", null));
        }
    }

    /** Whether it is cancelled or has expired. */
    public boolean isDone() {
        return scope != null && scope.cause() != null;
    }

    /** What it was cancelled with: a {@link DeadlineExceededException} when it expired; null while it is not done. */
    public @Nullable Throwable cause() {
        return scope == null ? null : scope.cause();
    }

    /**
     * Throws if it is done.
     *
     * @throws DeadlineExceededException if it has expired
     * @throws CancelledException if it was cancelled; the cause is what it was cancelled with
     */
    public void throwIfDone() {
        if (isDone()) {
            throw cancelledException();
        }
    }

    /**
     * A channel that is closed when this is done, to wait on or to select on. Never anything comes; for the background
     * it is nil.
     */
    public ReceiveChannel<Void> done() {
        return scope == null ? Channel.nil() : scope.done();
    }

    /**
     * Runs an action when this is done, on the thread that cancels; at once if it is done already. The action must not
     * block.
     */
    public Registration onDone(Runnable action) {
        if (scope == null) {
            return () -> {};
        }
        @SuppressWarnings("UnnecessaryMethodReference")
        Runnable listener = action::run; // a new identity, so that an action can be registered twice
        scope.add(listener);
        return () -> scope.remove(listener);
    }

    /** Takes back what {@link #onDone} registered. */
    public interface Registration extends AutoCloseable {
        /** Does nothing if the action has run already. */
        @Override
        void close();
    }

    /** How many contexts and actions hang on this one: what a leak of contexts looks like from their parent. */
    public int dependents() {
        return scope == null ? 0 : scope.listenerCount();
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
                + (deadline == null ? "" : ", until " + deadline) + ")";
    }
}
