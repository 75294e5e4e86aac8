package org.leaklab.agent.probe;

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
    final Thread thread;
    final Thread.@Nullable UncaughtExceptionHandler before;

    /** Its entry in the list of its launcher, or null. */
    final LauncherLists.@Nullable Entry entry;

    /** What the thread was parked on when it was armed. */
    final @Nullable Object blocker;

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
        this.thread = thread;
        this.before = before;
        this.entry = entry;
        this.blocker = LockSupport.getBlocker(thread);
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
