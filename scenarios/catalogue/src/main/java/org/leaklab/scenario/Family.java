package org.leaklab.scenario;

/** What kind of thing threads get stuck on; each family has a package. */
public enum Family {
    /** Sends, receives and selects that nobody answers. */
    CHANNEL,
    /** Work that is not told to stop, or does not listen. */
    CANCELLATION,
    /** Locks that are never given back, and wake-ups that are missed. */
    LOCK,
    /** Counters that never reach the number that is waited for. */
    COUNTER,
    /** Loops without an end. */
    LOOP,
    /** Sockets and HTTP exchanges. */
    IO,
    /** Callbacks and futures of others. */
    CALLBACK,
    /** What only the JVM has: executors, and virtual threads pinned to their carriers. */
    JVM,
    /** The five patterns of structured concurrency. */
    STRUCTURED,
    /** Mistakes whose harm is often a wrong result. */
    PITFALL;

    /** The word used on the command line and in results. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
