package org.leaklab.core;

/**
 * Thrown by {@link Launcher#work()} once the launcher releases its threads: the way out of a loop that heeds nothing
 * else.
 *
 * <p>An {@link Error}, as {@code ThreadDeath} was, so that a loop that swallows every {@code Exception} still ends.
 */
public final class Released extends Error {
    Released() {
        super("the launcher has released its threads", null, false, false);
    }
}
