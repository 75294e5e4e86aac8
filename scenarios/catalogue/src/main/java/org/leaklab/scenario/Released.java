package org.leaklab.scenario;

/**
 * Thrown by {@link Threads#work()} when the lab releases the threads. It ends loops that ignore interrupts and
 * contexts.
 *
 * <p>It is an {@link Error}, as {@code ThreadDeath} was. So it also ends a loop that catches every {@code Exception}.
 */
public final class Released extends Error {
    Released() {
        super("the lab has released the threads", null, false, false);
    }
}
