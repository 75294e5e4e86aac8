package org.leaklab.scenario;

/**
 * Thrown by {@link Threads#work()} once the lab releases the threads: the way out of a loop that heeds nothing else.
 *
 * <p>An {@link Error}, as {@code ThreadDeath} was, so that a loop that swallows every {@code Exception} still ends.
 */
public final class Released extends Error {
    Released() {
        super("the lab has released the threads", null, false, false);
    }
}
