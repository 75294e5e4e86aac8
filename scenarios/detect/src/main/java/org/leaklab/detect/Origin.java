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
 * belongs to the origin that was open when the pool started it, whatever tasks it runs later. {@link #isDirect} tells a
 * thread that was started under its origin itself from one that such a thread started.
 *
 * <p>Immutable. Two origins are different even if they have the same name.
 */
public final class Origin {

    /**
     * What a thread has of an origin.
     *
     * @param steps how many starts of threads lead here from the thread on which the origin was opened; 0 there
     */
    private record Handed(Origin origin, int steps) {
        Handed on() {
            return new Handed(origin, steps + 1);
        }
    }

    private static final class Current extends InheritableThreadLocal<Handed> {
        @Override
        protected @Nullable Handed childValue(@Nullable Handed parent) { // null if the parent has only asked for it
            return parent == null ? null : parent.on();
        }
    }

    private static final Current CURRENT = new Current();

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
        return asked ? originIn(CURRENT.get()) : null;
    }

    /** Returns the origin that a thread of a launcher belongs to, or null if it was started while none was open. */
    public static @Nullable Origin of(Launched launched) {
        return originIn(((LiveThread) launched).origin());
    }

    /**
     * Returns the origin that a thread belongs to, or null if it is not known or there is none. Of a thread that no
     * launcher started it is known only if {@code java.lang} is open to leaklab, as after
     * {@link JvmThreads#openByAgent}; then this method returns what the thread took over when it was made.
     */
    public static @Nullable Origin of(ThreadSource.Watched watched) {
        return originIn(handed(watched));
    }

    /**
     * Returns whether a thread was started by the very thread on which its origin was open. Returns false if another
     * thread stands between the two: a worker of a pool, for example, has the origin under which the pool started it,
     * and may start threads for others. Also false if the origin of the thread is not known.
     */
    public static boolean isDirect(ThreadSource.Watched watched) {
        return handed(watched) instanceof Handed handed && handed.steps == 1;
    }

    private static @Nullable Object handed(ThreadSource.Watched watched) {
        return watched.launched() == null
                ? InheritedVariable.of(watched.thread(), CURRENT)
                : ((LiveThread) watched.launched()).origin();
    }

    private static @Nullable Origin originIn(@Nullable Object handed) {
        return handed instanceof Handed of ? of.origin : null;
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
        Handed before = CURRENT.get();
        CURRENT.set(new Handed(this, 0));
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
                    Handed creator = CURRENT.get();
                    return creator == null ? null : creator.on();
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
