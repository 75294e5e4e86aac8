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

    /** How surely a thread can never be woken. */
    public enum Verdict {
        /** Nothing alive can reach what it waits on, nor the thread. */
        CERTAIN("certain"),
        /**
         * Nothing alive can reach what it waits on, but something alive holds the thread and could interrupt it, or
         * holds another one that would then go on and could wake it.
         */
        UNLESS_INTERRUPTED("unless-interrupted");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * A thread that can never be woken.
     *
     * @param id {@link Thread#threadId()}
     * @param name empty for an unnamed one
     * @param state waiting or blocked
     * @param blocker class of what it waits on, or null when it waits on nothing that has a class
     * @param retainedBytes of heap that would be freed if it alone were gone; a platform thread's native stack is not
     *     in it
     * @param stack innermost frame first
     */
    public record LeakedThread(
            long id,
            String name,
            boolean virtual,
            Thread.State state,
            Verdict verdict,
            @Nullable String blocker,
            long retainedBytes,
            List<StackTraceElement> stack) {}

    /**
     * Leaked threads of the same kind with the same stack, which wait on the same class of thing, with the same
     * verdict.
     *
     * @param count how many, at least 1
     * @param blocker class of what they wait on, or null when they wait on nothing that has a class
     * @param names of all of them
     * @param retainedBytes of heap that would be freed if all of them were gone
     * @param heldBy the shortest way from a root to one of the threads, a step each; empty for the verdict certain
     * @param stack innermost frame first
     */
    public record LeakedGroup(
            int count,
            boolean virtual,
            Verdict verdict,
            @Nullable String blocker,
            List<String> names,
            long retainedBytes,
            List<String> heldBy,
            List<StackTraceElement> stack) {

        /** {@code platform} or {@code virtual}. */
        public String kind() {
            return virtual ? "virtual" : "platform";
        }
    }

    /**
     * A thread that waits without limit, and of which nothing can be said; it is taken for alive.
     *
     * @param id {@link Thread#threadId()}
     * @param why a clause
     */
    public record UnknownThread(long id, String name, boolean virtual, String why) {}

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
