package org.leaklab.heapdump.suspect;

/** Why a thread may be stuck; the strongest first. */
public enum Suspicion {
    /** Every carrier is mounted by a thread that does not go on. */
    NO_CARRIER,
    /** Every worker of a pool waits for what only a task in the queue of this pool can give. */
    POOL_STARVATION,
    /** Parked on a lock that nobody owns. */
    LOCK_FREE,
    /** Waits for a thread that is leaked, with a limit or in a way that another could end. */
    BEHIND,
    /** Waits with a limit of a day or more. */
    LONG_WAIT,
    /** Nothing outside of its own group of threads leads to it or to what it waits on. */
    ISLAND
}
