package org.leaklab.agent.probe;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hangs on an armed thread as its handler of uncaught exceptions, and on nothing else. If a collection finds the thread
 * unreachable, the finalizer of the sentinel sees it whole and puts it back.
 *
 * <p>It does what the handler before it did.
 */
final class HandlerSentinel implements Thread.UncaughtExceptionHandler {

    final Armed armed;
    final Thread.@Nullable UncaughtExceptionHandler before;

    /** What it watches; null when that is back by another hand. Only who has claimed {@link #armed} uses it. */
    private @Nullable Watched watched;

    /**
     * What it needs to put the thread back.
     *
     * @param entry of the thread in the list of its launcher, or null
     * @param blocker what the thread was parked on when it was armed
     */
    record Watched(
            Thread thread,
            LauncherLists.@Nullable Entry entry,
            @Nullable Object blocker) {}

    private volatile boolean called;

    /** How the thread came back; written before the sentinel is handed over. */
    @Nullable
    Return how;

    /** The next one that finalizers brought back. */
    @Nullable
    HandlerSentinel next;

    HandlerSentinel(
            Armed armed,
            Thread thread,
            Thread.@Nullable UncaughtExceptionHandler before,
            LauncherLists.@Nullable Entry entry) {
        this.armed = armed;
        this.before = before;
        this.watched = new Watched(thread, entry, LockSupport.getBlocker(thread));
    }

    /** What it watches, for who has claimed {@link #armed}, and for a thread that its finalizer has brought back. */
    Watched watched() {
        return Objects.requireNonNull(watched);
    }

    /** Its entry in the list of its launcher, or null. */
    LauncherLists.@Nullable Entry entry() {
        return watched().entry();
    }

    /**
     * From now on it holds nothing of the thread. Called when the thread is back by another hand: until the next
     * collection the sentinel stands in the list of the JDK's finalizers, and in a heap dump that is taken before, what
     * it held would look as if something alive reached it.
     */
    void letGo() {
        watched = null;
    }

    @Override
    public void uncaughtException(Thread failed, Throwable e) {
        called = true;
        if (before != null) {
            before.uncaughtException(failed, e);
        } else {
            failed.getThreadGroup().uncaughtException(failed, e);
        }
    }

    /** Whether the task of the thread has failed since it was armed. */
    boolean wasCalled() {
        return called;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() {
        if (armed.claim()) {
            armed.round.revived(this);
        }
    }
}
