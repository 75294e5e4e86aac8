package org.leaklab.core;

import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;

/**
 * The record of one launched thread, and the code that the thread runs.
 *
 * <p>Memory: the thread writes {@code failure} before it sets {@code live} to false (a volatile write). So a thread
 * that reads false also sees the failure.
 */
final class Launch extends LiveThread implements Launched, Runnable {

    private final Launcher launcher;
    private final String name;
    private final Launcher.Task task;
    private final Thread thread;
    private final String creatorName;
    private final long creatorId;
    private final long startedAt;

    private @Nullable Throwable failure;
    private volatile boolean live = true;

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
        runFirst();
        Throwable thrown = null;
        try {
            task.run();
        } catch (Throwable t) { // kept, and handed to the launcher's failure handler
            thrown = t;
        }
        failure = thrown;
        live = false;
        launcher.ended(this, thrown);
    }

    /** Ends a launch whose thread could not be started. */
    void abandon() {
        live = false;
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
        return live;
    }

    @Override
    public @Nullable Throwable failure() {
        return live ? null : failure;
    }

    @Override
    public String toString() {
        return name + " (" + (thread.isVirtual() ? "virtual" : "platform") + " #" + thread.threadId() + ")";
    }

    /** A task that runs what an executor was given. */
    static Launcher.Task of(Runnable body) {
        return Executors.callable(body)::call;
    }
}
