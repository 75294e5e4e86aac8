package org.leaklab.detect;

import java.time.Instant;
import java.util.List;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Findings;

/**
 * A profile: what each live thread does at about one time. Go has the same as {@code pprof.Lookup("goroutine")}.
 *
 * <p>Immutable. A profile does not hold its threads.
 *
 * @param name {@code threads} for all threads, {@code threadleak} for leaked ones; {@code goroutine} and
 *     {@code goroutineleak} for the same under the names that tools for Go know
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
     * Returns the leaked threads that a heap dump or a probe of another JVM has shown, as a profile with the name
     * {@code threadleak}. It has no creators and no ages.
     */
    public static ThreadProfile of(Findings findings) {
        return new ThreadProfile(
                "threadleak",
                "all threads of a heap dump",
                findings.at(),
                findings.leaked().stream()
                        .map(thread -> new ThreadSnapshot(
                                thread.name(),
                                thread.id(),
                                thread.virtual() ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM,
                                thread.state(),
                                thread.blocker(),
                                "",
                                null,
                                thread.stack()))
                        .toList());
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
