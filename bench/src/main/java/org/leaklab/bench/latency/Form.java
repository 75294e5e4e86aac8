package org.leaklab.bench.latency;

import org.leaklab.core.Channel;
import org.leaklab.core.Launcher.Task;

/** What becomes of a helper whose answer nobody receives. */
enum Form {
    /** The channel has room for the answer, so it ends. */
    FIXED,
    /** Its channel is unbuffered, so it waits for ever in its send. Only an interrupt wakes it. */
    LEAKY,
    /**
     * The same inside {@code synchronized}. Up to JDK 23 a virtual thread that waits so keeps its carrier: as many of
     * them as there are carriers, and no virtual thread of the JVM runs any more.
     */
    PINNED;

    /** A channel for the one answer of a helper. */
    Channel<Integer> answers() {
        return this == FIXED ? Channel.buffered(1) : Channel.unbuffered();
    }

    /** What a helper does that will be forsaken. One that is received from never holds a monitor when it sends. */
    Task forsaken(Task helper) {
        if (this != PINNED) {
            return helper;
        }
        Object monitor = new Object();
        return () -> {
            synchronized (monitor) {
                helper.run();
            }
        };
    }
}
