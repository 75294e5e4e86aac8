package org.leaklab.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * A task of a {@link TaskGroup}, as the group sees it. Its launched thread runs it, and says when it is gone.
 *
 * <p>Memory: the outcome is written before the state, with a release write, and read after it. {@code thread} is
 * volatile: the task names its thread before it looks whether the group is cancelled, and who cancels marks the group
 * before it looks for threads.
 */
final class Forked<T> implements TaskGroup.Subtask<T>, Launcher.Task {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Forked.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;

    // until it is gone: a subtask may be kept for its result, long after, and should keep nothing else
    private @Nullable TaskGroup group;
    private @Nullable Callable<? extends T> code;

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

    /** In a group with a limit, the semaphore whose permit the task holds. Written before the thread starts. */
    @Nullable
    Semaphore place;

    Forked(TaskGroup group, String name, Callable<? extends T> code) {
        this.group = group;
        this.name = name;
        this.code = code;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        group.run(this);
    }

    /** Called by its thread when nothing else runs on it any more. */
    void gone() {
        group.leave(this);
        group = null;
    }

    /** Whether a deadline will interrupt it. */
    boolean isLimited() {
        TaskGroup of = group;
        return of != null && of.isLimited();
    }

    /** Runs its code; returns its failure or null. */
    @Nullable
    Throwable call() {
        try {
            result = code.call();
            STATE.setRelease(this, State.SUCCEEDED);
            return null;
        } catch (Throwable thrown) { // whatever it is, it fails the group
            failure = thrown;
            STATE.setRelease(this, State.FAILED);
            return thrown;
        } finally {
            code = null;
        }
    }

    void skip() {
        code = null;
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
                    "task \"" + Printable.of(name) + "\" has no result: " + now, now == State.FAILED ? failure : null);
        }
        return result;
    }

    @Override
    public @Nullable Throwable failure() {
        return state == State.FAILED ? failure : null;
    }

    @Override
    public String toString() {
        return Printable.of(name) + " (" + state + ")";
    }
}
