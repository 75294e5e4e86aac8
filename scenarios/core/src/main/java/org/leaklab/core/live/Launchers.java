package org.leaklab.core.live;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The launchers of this JVM, with the list of live threads of each.
 *
 * <p>Invariant: nothing here holds a launcher or its list. A launcher holds its list, the list its launcher, and each
 * of its live threads holds the launcher.
 *
 * <p>The probe that {@code detect --live} loads into a JVM finds this class by its name, and calls {@link #all}, and
 * {@link LiveThreads#virtualThreads}, {@link LiveThreads#letGo} and {@link LiveThreads#takeBack}. It is in a class
 * loader of its own, so these have types of the JDK alone.
 */
public final class Launchers {

    private static final Object LOCK = new Object();

    // guarded by the lock
    private static final Set<Registration> ALL = new HashSet<>();
    private static final ReferenceQueue<LiveThreads> GONE = new ReferenceQueue<>();
    private static final List<LaunchHook> HOOKS_OF_ALL = new ArrayList<>();

    private Launchers() {}

    /** A class of its own, so that a probe can tell that no code of the program looks through it. */
    static final class Registration extends WeakReference<LiveThreads> {
        private Registration(LiveThreads threads) {
            super(threads, GONE);
        }
    }

    /** Adds the list of a launcher, before that starts its first thread. */
    public static void add(LiveThreads threads) {
        synchronized (LOCK) {
            HOOKS_OF_ALL.forEach(threads.hooks()::attach);
            register(threads);
        }
    }

    private static void register(LiveThreads threads) {
        for (Reference<?> gone; (gone = GONE.poll()) != null; ) {
            ALL.remove((Registration) gone);
        }
        Registration registration = new Registration(threads);
        threads.registration = registration;
        ALL.add(registration);
    }

    /** Adds a list again if a collection has cleared the reference to it while its threads were let go of. */
    static void repair(LiveThreads threads) {
        synchronized (LOCK) {
            Registration registration = threads.registration;
            if (registration != null && registration.refersTo(null)) {
                register(threads);
            }
        }
    }

    /** The live threads of a launcher. */
    public static LiveThreads of(Object launcher) {
        for (LiveThreads threads : all()) {
            if (threads.launcher() == launcher) {
                return threads;
            }
        }
        throw new IllegalArgumentException("not a launcher: " + launcher);
    }

    /** The live threads of each launcher that somebody still holds or that has live threads. */
    public static List<LiveThreads> all() {
        List<LiveThreads> all = new ArrayList<>();
        synchronized (LOCK) {
            for (Registration reference : ALL) {
                LiveThreads threads = reference.get();
                if (threads != null) {
                    all.add(threads);
                }
            }
        }
        return all;
    }

    /** Lets code of another module use this package: that of a probe which leaklab has loaded itself. */
    public static void exportTo(Module probe) {
        Launchers.class.getModule().addExports(Launchers.class.getPackageName(), probe);
    }

    /** Attaches a hook to every launcher that there is and that will be. */
    public static void attachToAll(LaunchHook hook) {
        synchronized (LOCK) {
            HOOKS_OF_ALL.add(hook);
            all().forEach(threads -> threads.hooks().attach(hook));
        }
    }
}
