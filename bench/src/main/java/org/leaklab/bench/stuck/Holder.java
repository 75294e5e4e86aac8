package org.leaklab.bench.stuck;

/** Who holds a stuck thread, besides what it waits on and, by default, the JDK. */
public enum Holder {
    /** A launcher of leaklab's, with a record of its own for each thread. */
    LAUNCHER,
    /** One array of the program's, made before the first thread: nothing is added for each. */
    ARRAY,
    /** Nobody. Such a thread is garbage where the JDK does not track virtual threads. */
    NOBODY
}
