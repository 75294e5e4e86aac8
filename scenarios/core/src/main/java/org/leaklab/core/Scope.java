package org.leaklab.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.wait.Cancellation;
import org.leaklab.core.wait.Nanos;

/**
 * The part of a {@link Context} that can be cancelled. It is cancelled at most once. Then it tells its listeners: the
 * scopes below it and the registered actions.
 *
 * <p>Invariants: each listener is told exactly once, on the cancelling thread and without the lock. A listener that is
 * added to a cancelled scope is told at once. A cancelled scope is in no parent's set and holds no listener and no
 * timer.
 */
final class Scope implements Cancellation {

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Scope parent;
    private final Runnable asChild = this::inherit;

    // guarded by the lock
    private Set<Runnable> listeners = new LinkedHashSet<>();
    private @Nullable Channel<Void> done;
    private @Nullable Future<?> timer;
    private volatile @Nullable Throwable cause;

    private Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /** A scope under a parent; cancelled at once if the parent is. */
    static Scope under(@Nullable Scope parent) {
        Scope scope = new Scope(parent);
        if (parent != null) {
            parent.add(scope.asChild);
        }
        return scope;
    }

    private void inherit() {
        Throwable inherited = parent.cause;
        cancel(inherited);
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
    void add(Runnable listener) {
        lock.lock();
        try {
            if (cause == null) {
                listeners.add(listener);
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    void remove(Runnable listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }

    int listenerCount() {
        lock.lock();
        try {
            return listeners.size();
        } finally {
            lock.unlock();
        }
    }

    /** The channel that is closed when the scope is cancelled. It is made when it is first asked for. */
    @Override
    public Channel<Void> done() {
        lock.lock();
        try {
            if (done == null) {
                done = Channel.unbuffered();
                if (cause != null) {
                    done.close();
                }
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels after a time unless it is cancelled before. */
    void cancelAfter(long nanos, Throwable expired) {
        if (nanos <= 0) {
            cancel(expired);
            return;
        }
        if (nanos >= Nanos.FOR_EVER) {
            return;
        }
        Future<?> started = Timers.after(nanos, () -> cancel(expired));
        lock.lock();
        try {
            if (cause == null) {
                timer = started;
                return;
            }
        } finally {
            lock.unlock();
        }
        started.cancel(false);
    }

    /** Cancels; only the first call counts. */
    void cancel(Throwable with) {
        List<Runnable> told;
        Channel<Void> closing;
        lock.lock();
        try {
            if (cause != null) {
                return;
            }
            cause = with;
            told = new ArrayList<>(listeners);
            listeners = new LinkedHashSet<>();
            closing = done;
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        } finally {
            lock.unlock();
        }
        if (parent != null) {
            parent.remove(asChild);
        }
        if (closing != null) {
            closing.close();
        }
        tell(told);
    }

    /** Tells every listener, also after one of them failed; then throws the first failure. */
    private static void tell(List<Runnable> told) {
        RuntimeException first = null;
        for (Runnable listener : told) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
