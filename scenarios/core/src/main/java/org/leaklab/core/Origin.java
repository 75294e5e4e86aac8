package org.leaklab.core;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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

    /** How many are open: while none ever was, a launch does not ask, and no thread gets a map for the answer. */
    private static final AtomicInteger OPENED = new AtomicInteger();

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
        return OPENED.get() == 0 ? null : CURRENT.get();
    }

    /** Opens it on the current thread. */
    public Opened open() {
        OPENED.incrementAndGet();
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
