package org.leaklab.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link TaskGroup}, as the group sees it.
 *
 * <p>Memory: the outcome is written before the volatile state, and read after it.
 */
final class Forked<T> implements TaskGroup.Subtask<T> {

    private final String name;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile State state = State.RUNNING;

    /** The thread that runs it, once it has begun. */
    volatile @Nullable Thread thread;

    // guarded by the lock of the members that it belongs to
    @Nullable
    Forked<?> previous;

    @Nullable
    Forked<?> next;

    Forked(String name) {
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

    @Override
    public String name() {
        return name;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public T get() {
        State now = state;
        if (now != State.SUCCEEDED) {
            throw new IllegalStateException(
                    "task \"" + name + "\" has no result: " + now, now == State.FAILED ? failure : null);
        }
        return result;
    }

    @Override
    public @Nullable Throwable failure() {
        return state == State.FAILED ? failure : null;
    }

    @Override
    public String toString() {
        return name + " (" + state + ")";
    }
}
