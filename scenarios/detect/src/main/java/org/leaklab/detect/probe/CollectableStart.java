package org.leaklab.detect.probe;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

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
public final class CollectableStart implements LaunchHook {

    private static final boolean BY_DEFAULT = isUntracked(System.getProperty("jdk.trackAllThreads"));
    private static final CollectableStart HOOK = new CollectableStart();
    private static final Runnable NOTHING = () -> {};

    /** What the starting thread starts, for the executor's factory, which runs on that thread. */
    private static final ThreadLocal<LiveThread> STARTING = new ThreadLocal<>();

    private static final ExecutorService EXECUTOR =
            Executors.newThreadPerTaskExecutor(signOff -> STARTING.get().unstarted(signOff));

    private CollectableStart() {}

    /** What the JDK makes of the property: every word but "true" switches the list off. */
    private static boolean isUntracked(@Nullable String trackAllThreads) {
        return trackAllThreads != null && !trackAllThreads.isEmpty() && !Boolean.parseBoolean(trackAllThreads);
    }

    /**
     * From now on a launcher starts its virtual threads so, until the same number of calls has been {@linkplain #detach
     * undone}. Costs a fraction of a microsecond a start. Where the JDK holds no virtual thread anyway, this does
     * nothing.
     */
    public static void attach(Launcher launcher) {
        if (!BY_DEFAULT) {
            Launchers.of(launcher).hooks().attach(HOOK);
        }
    }

    /** Undoes one call of {@link #attach}. */
    public static void detach(Launcher launcher) {
        if (!BY_DEFAULT) {
            Launchers.of(launcher).hooks().detach(HOOK);
        }
    }

    /**
     * Whether a thread is a virtual one that nothing in the JDK holds, so that the garbage collector can tell whether
     * anybody reaches it.
     */
    public static boolean isCollectable(Launched launched) {
        return isCollectable((LiveThread) launched);
    }

    static boolean isCollectable(LiveThread thread) {
        return thread.isStartedByHook() // no other hook starts threads
                || (BY_DEFAULT
                        && thread.isStartedByLauncher()
                        && thread.thread().isVirtual());
    }

    @Override
    public boolean start(LiveThread thread) {
        if (!thread.thread().isVirtual()) {
            return false;
        }
        STARTING.set(thread);
        try {
            EXECUTOR.execute(NOTHING);
        } finally {
            STARTING.remove();
        }
        return true;
    }
}
