package org.leaklab.detect;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/**
 * The reason why threads are started: a test, a request, a tenant. A thread belongs to the origin that is open on the
 * thread which starts it. The threads that it starts belong to the same origin, and so on.
 *
 * <pre>{@code
 * try (Origin.Opened opened = new Origin("checkout").open()) {
 *     service.start();      // what it starts, now and later, belongs to "checkout"
 * }
 * }</pre>
 *
 * <p>An {@link InheritableThreadLocal} hands the origin down, so it also passes through threads that no launcher
 * started. It does not pass to threads that were built without inheritance of such variables. A thread of a pool
 * belongs to the origin that was open when the pool started it, whatever tasks it runs later.
 *
 * <p>Immutable. Two origins are different even if they have the same name.
 */
public final class Origin {

    private static final InheritableThreadLocal<Origin> CURRENT = new InheritableThreadLocal<>();

    /** Whether launches ask: while no origin ever was open, none does, and no thread gets a map for the answer. */
    private static volatile boolean asked;

    private final String name;

    /** Creates an origin. The name is only for people who read it. */
    public Origin(String name) {
        this.name = name;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /**
     * Returns the origin that is open on the current thread or that this thread belongs to, or null if there is none.
     */
    public static @Nullable Origin current() {
        return asked ? CURRENT.get() : null;
    }

    /** Returns the origin that a thread of a launcher belongs to, or null if it was started while none was open. */
    public static @Nullable Origin of(Launched launched) {
        return ((LiveThread) launched).origin() instanceof Origin origin ? origin : null;
    }

    /**
     * Returns the origin that a thread belongs to, or null if it is not known or there is none. Of a thread that no
     * launcher started it is known only if {@code java.lang} is open to leaklab, as after
     * {@link JvmThreads#openByAgent}; then this method returns what the thread took over when it was made.
     */
    public static @Nullable Origin of(ThreadSource.Watched watched) {
        if (watched.launched() != null) {
            return of(watched.launched());
        }
        return InheritedVariable.of(watched.thread(), CURRENT) instanceof Origin origin ? origin : null;
    }

    /**
     * Opens this origin on the current thread, in place of the one that is open there now.
     *
     * <p>After the first call in a JVM, all launchers read the origin at each start of a thread.
     *
     * @return closes this origin and opens the former one again; only the current thread may close it
     */
    public Opened open() {
        haveLaunchesAsk();
        Origin before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** From the first origin on, for ever: threads that were started under one may start others at any time. */
    private static synchronized void haveLaunchesAsk() {
        if (!asked) {
            Launchers.attachToAll(new LaunchHook() {
                @Override
                public @Nullable Object origin() {
                    return CURRENT.get();
                }
            });
            asked = true;
        }
    }

    /** An open origin. The thread that opened it must close it, in the reverse order of opening. */
    @FunctionalInterface
    public interface Opened extends AutoCloseable {
        /** Closes the origin on the current thread and opens the former one again. */
        @Override
        void close();
    }

    @Override
    public String toString() {
        return name;
    }
}
