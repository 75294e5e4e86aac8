package org.leaklab.detect;

import java.time.Instant;
import java.util.List;

/**
 * What each thread does at one moment, for all that have not ended: what {@code pprof.Lookup("goroutine")} is in Go.
 *
 * @param name what it is a profile of: {@code threads} or {@code threadleak}
 * @param scope which threads are in it, in words
 */
public record ThreadProfile(String name, String scope, Instant at, List<ThreadSnapshot> threads) {

    /** Keeps a copy. */
    public ThreadProfile {
        threads = List.copyOf(threads);
    }

    /** Looks at every live thread, one after the other, some microseconds each. Stops nobody. */
    public static ThreadProfile of(ThreadSource source) {
        return new ThreadProfile("threads", source.scope(), Instant.now(), source.look());
    }

    /** Those that stand still as far as one can see: not running, and in no wait with a timeout. */
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

    /** Identical threads grouped, the largest group first. */
    public List<StuckGroup> groups() {
        return StuckGroup.of(threads);
    }

    /** As a report of the detector of that name. */
    public ThreadReport report() {
        return new ThreadReport("profile", scope, groups(), List.of());
    }
}
