package org.leaklab.core;

import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The record of one launched thread, and the body that the thread runs.
 *
 * <p>Memory: {@code failure} is written before {@code live} becomes false (a volatile write), so who sees the thread
 * ended sees its failure too.
 */
final class Launch extends LiveEntry implements Launched, Runnable {

    private final Launcher launcher;
    private final String name;
    private final Task task;
    private final Thread thread;
    private final String creatorName;
    private final long creatorId;
    private final long startedAt;
    private final @Nullable Origin origin;

    private @Nullable Throwable failure;
    private volatile boolean live = true;

    /** Nothing in the JDK holds the thread strongly. Written before the start. */
    private boolean collectable;

    /** What the thread runs first, so that the executor that started it forgets it. Written before the start. */
    private @Nullable Runnable signOff;

    // guarded by the lock of the stripe of LiveThreads that it is in
    @Nullable
    Suspect standIn;

    @Nullable
    Sentinel sentinel;

    @SuppressWarnings("this-escape") // the thread is started only after the constructor returned
    Launch(Launcher launcher, String name, Task task) {
        this.launcher = launcher;
        this.name = name;
        this.task = task;
        this.thread = launcher.kind().unstarted(name, this);
        Thread creator = Thread.currentThread();
        this.creatorName = creator.getName();
        this.creatorId = creator.threadId();
        this.startedAt = System.nanoTime();
        this.origin = Origin.current();
    }

    @Override
    public void run() {
        if (signOff != null) {
            signOff.run();
            signOff = null;
        }
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

    /** Starts the thread; so that nothing in the JDK holds it, if that is asked for. */
    void start(boolean collectably) {
        if (!thread.isVirtual() || !collectably) {
            thread.start();
        } else if (Collectable.byDefault()) {
            collectable = true;
            thread.start();
        } else {
            collectable = true;
            Collectable.start(this);
        }
    }

    /** The thread, for an executor that wants it to say when it is done. */
    Thread unstarted(Runnable signOff) {
        this.signOff = signOff;
        return thread;
    }

    void takeBack(Suspect suspect) {
        launcher.takeBack(suspect);
    }

    @Override
    public boolean isCollectable() {
        return collectable;
    }

    @Override
    long threadId() {
        return thread.threadId();
    }

    @Override
    Launch launch() {
        return this;
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
    public @Nullable Origin origin() {
        return origin;
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
    static Task of(Runnable body) {
        return Executors.callable(body)::call;
    }
}
