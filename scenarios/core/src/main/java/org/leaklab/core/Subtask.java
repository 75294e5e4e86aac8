package org.leaklab.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task forked in a {@link TaskGroup}.
 *
 * <p>Memory: the outcome is written before the volatile state, and read after it.
 *
 * @param <T> type of the result
 */
public final class Subtask<T> {

    /** How far a subtask has come. */
    public enum State {
        /** It has not ended. */
        RUNNING,
        /** It returned a result. */
        SUCCEEDED,
        /** It threw. */
        FAILED,
        /** The group was cancelled before it began, so it never ran. */
        NOT_RUN
    }

    private final String name;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile State state = State.RUNNING;

    /** The thread that runs it, once it has begun. */
    volatile @Nullable Thread thread;

    // guarded by the lock of the members that it belongs to
    @Nullable
    Subtask<?> previous;

    @Nullable
    Subtask<?> next;

    Subtask(String name) {
        this.name = name;
    }

    /** Runs the task; returns its failure or null. */
    @Nullable
    Throwable run(Callable<? extends T> task) {
        try {
            result = task.call();
            state = State.SUCCEEDED;
            return null;
        } catch (Throwable thrown) { // whatever it is, it fails the group
            failure = thrown;
            state = State.FAILED;
            return thrown;
        }
    }

    void skip() {
        state = State.NOT_RUN;
    }

    /** The name it was forked under. */
    public String name() {
        return name;
    }

    /** How far it has come. */
    public State state() {
        return state;
    }

    /**
     * The result.
     *
     * @throws IllegalStateException if the task has not succeeded; call it after {@link TaskGroup#join()} returned
     */
    public T get() {
        State now = state;
        if (now != State.SUCCEEDED) {
            throw new IllegalStateException(
                    "task \"" + name + "\" has no result: " + now, now == State.FAILED ? failure : null);
        }
        return result;
    }

    /** What it threw, or null. */
    public @Nullable Throwable failure() {
        return state == State.FAILED ? failure : null;
    }

    @Override
    public String toString() {
        return name + " (" + state + ")";
    }
}
