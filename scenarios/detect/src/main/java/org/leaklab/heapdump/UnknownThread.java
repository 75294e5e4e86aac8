package org.leaklab.heapdump;

/**
 * A thread that waits without limit, and of which nothing can be said; it is taken for alive.
 *
 * @param id {@link Thread#threadId()}
 * @param why a clause
 */
public record UnknownThread(long id, String name, boolean virtual, String why) {}
