package org.leaklab.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.text.Printable;

/**
 * The record of one launched thread, and the code that the thread runs.
 *
 * <p>Memory: the thread writes {@code failure} before it sets the volatile {@code progress} to {@code OVER}. So a
 * thread that reads OVER or ENDED also sees the failure.
 */
final class Launch extends LiveThread implements Launched, Runnable {

    private final Launcher launcher;
    private final String name;
    private final Launcher.Task task;
    private final Thread thread;
    private final String creatorName;
    private final long creatorId;
    private final long startedAt;

    /** How far it has come: not yet begun; the task runs; only what follows the task runs; nothing runs any more. */
    private enum Progress {
        MADE,
        TASK,
        OVER,
        ENDED
    }

    private static final VarHandle PROGRESS;

    static {
        try {
            PROGRESS = MethodHandles.lookup().findVarHandle(Launch.class, "progress", Progress.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Throwable failure;
    private volatile Progress progress = Progress.MADE;

    /**
     * Whether its start has failed. A field and not a method: after a stack overflow there may be no stack for a call.
     *
     * <p>Memory: the creator writes this and then reads {@code progress}, the thread writes {@code progress} and then
     * reads this. Both are volatile, so at least one of them sees the other: a thread that is taken off the books as
     * one that never ran does not run afterwards.
     */
    volatile boolean abandoned;

    @SuppressWarnings("this-escape") // the thread is started only after the constructor returned
    Launch(Launcher launcher, LiveThreads among, String name, Launcher.Task task) {
        super(among.hooks().origin());
        this.launcher = launcher;
        this.name = name;
        this.task = task;
        this.thread = launcher.kind().unstarted(name, this);
        Thread creator = Thread.currentThread();
        this.creatorName = creator.getName();
        this.creatorId = creator.threadId();
        this.startedAt = System.nanoTime();
    }

    @Override
    public void run() {
        progress = Progress.TASK;
        if (abandoned) { // its creator was told that it does not run
            progress = Progress.ENDED;
            launcher.gone(this);
            return;
        }
        if (isMadeByFactory()) {
            launcher.begun(this);
        }
        runFirst();
        Throwable thrown = null;
        try {
            task.run();
        } catch (Throwable t) { // kept, and handed to the launcher's failure handler
            thrown = t;
        }
        failure = thrown;
        PROGRESS.setRelease(this, Progress.OVER);
        try {
            follow(thrown);
        } finally {
            PROGRESS.setRelease(this, Progress.ENDED);
            launcher.gone(this);
            if (task instanceof Forked<?> forked) {
                forked.gone();
            }
        }
    }

    /** Everything that runs on the thread after the task, while the thread still counts. */
    private void follow(@Nullable Throwable thrown) {
        launcher.liveThreads().hooks().ended(this, thrown);
        if (thrown == null || thrown instanceof InterruptedException || thrown instanceof CancellationException) {
            return;
        }
        try {
            launcher.failureHandler().accept(this, thrown);
        } catch (Throwable fromHandler) { // here and now; the JVM would do the same when the thread counts no more
            uncaught(fromHandler);
        }
    }

    private void uncaught(Throwable thrown) {
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) { // as the JVM does
        }
    }

    @Override
    protected boolean neverRan() {
        return abandoned && progress == Progress.MADE;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public long startedAt() {
        return startedAt;
    }

    @Override
    public String creatorName() {
        return creatorName;
    }

    @Override
    public long creatorId() {
        return creatorId;
    }

    @Override
    public boolean isLive() {
        return progress != Progress.ENDED;
    }

    @Override
    public @Nullable Throwable failure() {
        return progress.compareTo(Progress.OVER) < 0 ? null : failure;
    }

    @Override
    public boolean isLimited() {
        return task instanceof Forked<?> forked && forked.isLimited();
    }

    @Override
    public String toString() {
        return Printable.of(name) + " (" + (thread.isVirtual() ? "virtual" : "platform") + " #" + thread.threadId()
                + ")";
    }

    /** A task that runs what an executor was given. */
    static Launcher.Task of(Runnable body) {
        return Executors.callable(body)::call;
    }
}
