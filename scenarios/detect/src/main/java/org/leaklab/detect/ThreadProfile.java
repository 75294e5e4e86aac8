package org.leaklab.detect;

import java.time.Instant;
import java.util.List;

/**
 * A profile: what each live thread does at about one time. Go has the same as {@code pprof.Lookup("goroutine")}.
 *
 * <p>Immutable. A profile does not hold its threads.
 *
 * @param name {@code threads} for all threads, {@code threadleak} for leaked ones
 * @param scope says which threads are in the profile
 * @param at the time when the profile was begun
 * @param threads one snapshot per thread
 */
public record ThreadProfile(String name, String scope, Instant at, List<ThreadSnapshot> threads) {

    /** Creates a profile with a copy of the list. */
    public ThreadProfile {
        threads = List.copyOf(threads);
    }

    /**
     * Looks at each live thread of a source, one after the other. This takes some microseconds per thread. It stops at
     * most the thread that it looks at, never all of them.
     */
    public static ThreadProfile of(ThreadSource source) {
        return new ThreadProfile("threads", source.scope(), Instant.now(), source.look());
    }

    /**
     * Returns a profile of the threads that wait without a timeout: their state is {@link Thread.State#WAITING} or
     * {@link Thread.State#BLOCKED}.
     */
    public ThreadProfile waiting() {
        return new ThreadProfile(
                name,
                scope,
                at,
                threads.stream()
                        .filter(thread ->
                                thread.state() == Thread.State.WAITING || thread.state() == Thread.State.BLOCKED)
                        .toList());
    }

    /** Returns the threads in groups, the largest group first. */
    public List<StuckGroup> groups() {
        return StuckGroup.of(threads);
    }

    /** Returns the groups as a report of a detector with the name {@code profile}, without notes. */
    public ThreadReport report() {
        return new ThreadReport("profile", scope, groups(), List.of());
    }
}
