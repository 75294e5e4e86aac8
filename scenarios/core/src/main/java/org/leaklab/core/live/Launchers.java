package org.leaklab.core.live;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * The launchers of this JVM, with the list of live threads of each.
 *
 * <p>Invariant: nothing here holds a launcher or its list. A launcher holds its list, and each of its live threads
 * holds the launcher.
 */
public final class Launchers {

    private static final Object LOCK = new Object();

    // guarded by the lock
    private static final Map<Object, WeakReference<LiveThreads>> ALL = new WeakHashMap<>();
    private static final List<LaunchHook> HOOKS_OF_ALL = new ArrayList<>();

    private Launchers() {}

    /** Adds a launcher, before it starts its first thread. */
    public static void add(Object launcher, LiveThreads threads) {
        synchronized (LOCK) {
            HOOKS_OF_ALL.forEach(threads.hooks()::attach);
            ALL.put(launcher, new WeakReference<>(threads));
        }
    }

    /** The live threads of a launcher. */
    public static LiveThreads of(Object launcher) {
        synchronized (LOCK) {
            WeakReference<LiveThreads> threads = ALL.get(launcher);
            if (threads == null) {
                throw new IllegalArgumentException("not a launcher: " + launcher);
            }
            return Objects.requireNonNull(threads.get(), "a launcher holds its list");
        }
    }

    /** The live threads of each launcher that somebody still holds or that has live threads. */
    public static List<LiveThreads> all() {
        List<LiveThreads> all = new ArrayList<>();
        synchronized (LOCK) {
            for (WeakReference<LiveThreads> reference : ALL.values()) {
                LiveThreads threads = reference.get();
                if (threads != null) {
                    all.add(threads);
                }
            }
        }
        return all;
    }

    /** Attaches a hook to every launcher that there is and that will be. */
    public static void attachToAll(LaunchHook hook) {
        synchronized (LOCK) {
            HOOKS_OF_ALL.add(hook);
            all().forEach(threads -> threads.hooks().attach(hook));
        }
    }
}
