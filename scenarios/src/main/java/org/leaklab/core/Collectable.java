package org.leaklab.core;

import java.util.concurrent.Executors;

/**
 * Ways to start a virtual thread so that nothing in the JDK holds it strongly while it waits.
 *
 * <p>By default a static set in {@code jdk.internal.vm.ThreadContainers} holds every virtual thread, for thread dumps.
 * {@code -Djdk.trackAllThreads=false} leaves that out; the property is internal and is read when the first virtual
 * thread is made. Without it, a thread that an executor starts is held by that executor alone, and an executor that
 * nobody holds is no root: one for each thread costs some two microseconds a start.
 */
final class Collectable {

    private static final boolean BY_DEFAULT = "false".equalsIgnoreCase(System.getProperty("jdk.trackAllThreads"));

    private Collectable() {}

    /** Whether the JDK was told to hold no virtual thread. */
    static boolean byDefault() {
        return BY_DEFAULT;
    }

    /** Starts a thread in an executor of its own, which nobody but the thread holds. */
    @SuppressWarnings("resource") // closing it would wait for the thread
    static void start(Thread unstarted) {
        Executors.newThreadPerTaskExecutor(ignored -> unstarted).execute(() -> {});
    }
}
