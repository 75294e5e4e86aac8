package org.leaklab.core;

/** The two kinds of Java thread. */
public enum ThreadKind {
    /**
     * A thread of the operating system. While it is alive, it is a root of the garbage collector. A {@link Launcher}
     * makes it a daemon.
     */
    PLATFORM,
    /**
     * A thread that the JVM schedules on a few carrier threads. While it is not mounted on a carrier, it is an object
     * in the heap.
     */
    VIRTUAL;

    /** A new thread of this kind that has not been started. */
    Thread unstarted(String name, Runnable body) {
        return switch (this) {
            case PLATFORM -> Thread.ofPlatform().name(name).daemon().unstarted(body);
            case VIRTUAL -> Thread.ofVirtual().name(name).unstarted(body);
        };
    }

    /** The kind of a thread. */
    public static ThreadKind of(Thread thread) {
        return thread.isVirtual() ? VIRTUAL : PLATFORM;
    }
}
