package org.leaklab.detect;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/**
 * On whose behalf threads are started: a test, a request, a tenant. Every thread that is started while an origin is
 * open on the starting thread belongs to it, and so do those which that one starts, and so on.
 *
 * <pre>{@code
 * try (Origin.Opened opened = new Origin("checkout").open()) {
 *     service.start();      // what it starts, now and later, belongs to "checkout"
 * }
 * }</pre>
 *
 * <p>Handed down by an {@link InheritableThreadLocal}, so also through threads that no launcher started. A thread of a
 * pool belongs to whoever made the pool start it.
 */
public final class Origin {

    private static final InheritableThreadLocal<Origin> CURRENT = new InheritableThreadLocal<>();

    /** Whether launches ask: while no origin ever was open, none does, and no thread gets a map for the answer. */
    private static volatile boolean asked;

    private final String name;

    /** A new origin, different from every other one. */
    public Origin(String name) {
        this.name = name;
    }

    /** What it was called. */
    public String name() {
        return name;
    }

    /** The origin that is open on the current thread, or that it was started under; null when there is none. */
    public static @Nullable Origin current() {
        return asked ? CURRENT.get() : null;
    }

    /** On whose behalf a thread was started, or null when no origin was open. */
    public static @Nullable Origin of(Launched launched) {
        return ((LiveThread) launched).origin() instanceof Origin origin ? origin : null;
    }

    /** Opens it on the current thread. */
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

    /** Ends what {@link Origin#open()} began, on the same thread. */
    @FunctionalInterface
    public interface Opened extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public String toString() {
        return name;
    }
}
