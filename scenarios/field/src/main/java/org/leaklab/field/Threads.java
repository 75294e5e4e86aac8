package org.leaklab.field;

import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.ThreadKind;

/**
 * Starts the threads of a program, all of one kind.
 *
 * @param kind the kind of all of them
 */
public record Threads(ThreadKind kind) {

    /** How the name of a thread begins that is meant to be stuck. */
    public static final String STUCK = "stuck-";

    /** Starts a thread that is meant to be stuck. It prints an exception that ends it. */
    public void stuck(Object which, Callable<?> task) {
        start(STUCK + which, task);
    }

    /** Starts a thread. It prints an exception that ends it. */
    public void start(String name, Callable<?> task) {
        thread(name, () -> {
                    try {
                        task.call();
                    } catch (Exception e) {
                        System.err.println(name + " ended by " + e);
                    }
                })
                .start();
    }

    /** Returns a factory of threads of this kind, numbered from 1 on. */
    public ThreadFactory factory(String prefix) {
        AtomicInteger made = new AtomicInteger();
        return task -> thread(prefix + made.incrementAndGet(), task);
    }

    private Thread thread(String name, Runnable task) {
        return switch (kind) {
            case PLATFORM -> Thread.ofPlatform().name(name).daemon().unstarted(task);
            case VIRTUAL -> Thread.ofVirtual().name(name).unstarted(task);
        };
    }
}
