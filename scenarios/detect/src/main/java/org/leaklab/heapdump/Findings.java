package org.leaklab.heapdump;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSnapshot;

/**
 * What a heap dump says of the threads of its process.
 *
 * @param at when the dump was taken
 * @param jdk version of the JDK that the process ran on, or null if the dump does not say
 * @param threads live threads by kind and state, as in {@code virtual, waiting}, with their number
 * @param platform how many live platform threads there are
 * @param virtual how many live virtual threads there are
 * @param blocked how many of all those wait without limit
 * @param unknown those of which nothing can be said
 * @param leaked all that can never be woken; empty when {@code cannotTell} says something
 * @param groups the same grouped, the largest first
 * @param cannotTell why this dump allows no verdict, a sentence, or null
 * @param notes what else must be known to read this, a sentence each
 */
public record Findings(
        Instant at,
        @Nullable String jdk,
        Map<String, Integer> threads,
        int platform,
        int virtual,
        int blocked,
        List<UnknownThread> unknown,
        List<LeakedThread> leaked,
        List<LeakedGroup> groups,
        @Nullable String cannotTell,
        List<String> notes) {

    /** Why nothing can be said of a thread, with how many threads that is so. */
    public Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        unknown.forEach(thread -> reasons.merge(thread.why(), 1, Integer::sum));
        return reasons;
    }

    /** The leaked threads as a profile, for every form that profiles have. */
    public ThreadProfile profile() {
        return new ThreadProfile(
                "threadleak",
                "all threads of a heap dump",
                at,
                leaked.stream()
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

    /** Only what is certain, or the same if {@code all}. */
    public Findings only(boolean all) {
        return all
                ? this
                : new Findings(
                        at,
                        jdk,
                        threads,
                        platform,
                        virtual,
                        blocked,
                        unknown,
                        leaked.stream()
                                .filter(thread -> thread.verdict() == Verdict.CERTAIN)
                                .toList(),
                        groups.stream()
                                .filter(group -> group.verdict() == Verdict.CERTAIN)
                                .toList(),
                        cannotTell,
                        notes);
    }
}
