package org.leaklab.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A way to start a virtual thread so that nothing in the JDK holds it strongly while it waits.
 *
 * <p>By default a static set in {@code jdk.internal.vm.ThreadContainers} holds every virtual thread, for thread dumps.
 * {@code -Djdk.trackAllThreads=false} leaves that out; the property is internal and is read when the first virtual
 * thread is made. Without it, a thread that an executor starts is held by that executor alone, and an executor that
 * nobody holds is no root: one for each thread costs some two microseconds a start.
 *
 * <p>The thread has to say that its task {@linkplain #ended() ended}. The executor would be garbage without that too,
 * but the JDK registers it, and ZGC was seen to keep one in ten of those that nobody had taken off the register.
 */
final class Collectable {

    private static final boolean BY_DEFAULT = "false".equalsIgnoreCase(System.getProperty("jdk.trackAllThreads"));

    private final ExecutorService executor;

    /** What the executor wants its thread to run. Written before the start of the thread, read by it. */
    private @Nullable Runnable work;

    private Collectable(Thread unstarted) {
        executor = Executors.newThreadPerTaskExecutor(wanted -> {
            work = wanted;
            return unstarted;
        });
    }

    /** Whether the JDK was told to hold no virtual thread. */
    static boolean byDefault() {
        return BY_DEFAULT;
    }

    /** Of a thread that is to be started in an executor of its own, which nobody but the thread holds. */
    static Collectable of(Thread unstarted) {
        return new Collectable(unstarted);
    }

    void start() {
        executor.execute(() -> {});
    }

    /** Takes the executor off the JDK's register. Called by the thread, at its end. */
    void ended() {
        if (work != null) {
            work.run(); // the executor's own account of its thread
        }
        executor.shutdown();
    }

    boolean isRegistered() {
        return !executor.isTerminated();
    }
}
