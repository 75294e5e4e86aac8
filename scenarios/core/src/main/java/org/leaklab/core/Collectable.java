package org.leaklab.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to start virtual threads so that nothing in the JDK holds them strongly while they wait.
 *
 * <p>By default a static set in {@code jdk.internal.vm.ThreadContainers} holds every virtual thread, for thread dumps.
 * {@code -Djdk.trackAllThreads=false} leaves that out; the property is internal and is read when the first virtual
 * thread is made. Without it, a thread that an executor starts is held by that executor alone, until it says that its
 * task is over. These threads say so as the first thing they do: from then on nobody holds them, and thread dumps of
 * the JDK do not show them. An executor for each thread, which nobody holds, comes to the same and costs three times as
 * much.
 */
final class Collectable {

    private static final boolean BY_DEFAULT = "false".equalsIgnoreCase(System.getProperty("jdk.trackAllThreads"));
    private static final Runnable NOTHING = () -> {};

    /** What the starting thread starts, for the executor's factory, which runs on that thread. */
    private static final ThreadLocal<Launch> STARTING = new ThreadLocal<>();

    private static final ExecutorService EXECUTOR =
            Executors.newThreadPerTaskExecutor(signOff -> STARTING.get().unstarted(signOff));

    private Collectable() {}

    /** Whether the JDK was told to hold no virtual thread. */
    static boolean byDefault() {
        return BY_DEFAULT;
    }

    /** Starts the thread of a launch, which has to {@linkplain Launch#unstarted sign off} first. */
    static void start(Launch launch) {
        STARTING.set(launch);
        try {
            EXECUTOR.execute(NOTHING);
        } finally {
            STARTING.remove();
        }
    }
}
