package org.leaklab.scenario;

/** What threads get stuck on. The scenarios of a family are in one package. */
public enum Family {
    /** Sends, receives and selects that no other thread answers. */
    CHANNEL,
    /** Work that no one tells to stop, or that does not listen. */
    CANCELLATION,
    /** Locks that are never unlocked, and wake-ups that come too early. */
    LOCK,
    /** Counters that never reach the number that a thread waits for. */
    COUNTER,
    /** Loops that never end. */
    LOOP,
    /** What comes from outside: sockets, HTTP exchanges, pipes, child processes, connections of a pool. */
    IO,
    /** Callbacks that never come and futures that are never completed. */
    CALLBACK,
    /** What exists only on the JVM: executors, and virtual threads that are pinned to their carriers. */
    JVM,
    /** The five patterns of structured concurrency. */
    STRUCTURED,
    /** Mistakes that often lead to a wrong result instead of a stuck thread. */
    PITFALL;

    /** The word used on the command line and in results. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
