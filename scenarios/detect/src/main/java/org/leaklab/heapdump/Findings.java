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
 * The result of analysing a heap dump: which threads of its process can never be woken.
 *
 * @param at time when the dump was taken
 * @param jdk version of the JDK that the process ran on, or null if the dump does not contain it
 * @param threads number of live threads by kind and state; a key is for example {@code virtual, waiting}
 * @param platform number of live platform threads
 * @param virtual number of live virtual threads
 * @param blocked number of live threads, of both kinds, that wait without a timeout
 * @param unknown the threads that cannot be judged
 * @param leaked the threads that can never be woken; empty if {@code cannotTell} is not null
 * @param groups the leaked threads in groups, the largest group first
 * @param cannotTell says why this dump allows no verdict, or null if it allows one
 * @param notes sentences that help to read the result
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

    /** Says how certain it is that a thread can never be woken. */
    public enum Verdict {
        /** Nothing alive can reach the thread, nor what it waits on. */
        CERTAIN("certain"),
        /**
         * Nothing alive can reach what the thread waits on, but an interrupt could wake it. Something alive holds this
         * thread and could interrupt it. Or it holds another leaked thread: after an interrupt that thread would go on,
         * and could wake this one.
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
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     * @param virtual whether it is a virtual thread
     * @param state {@link Thread.State#WAITING} or {@link Thread.State#BLOCKED}
     * @param verdict how certain it is
     * @param blocker name of the class of the object that the thread waits on, or null if no object is known
     * @param retainedBytes bytes of heap that would be freed if this thread alone were gone, without the native stack
     *     of a platform thread
     * @param stack the frames, the innermost first
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
     * A group of leaked threads. They have the same kind, stack and verdict, and wait on objects of the same class.
     *
     * @param count number of threads, at least 1
     * @param virtual whether they are virtual threads
     * @param verdict how certain it is
     * @param blocker name of the class of the objects that the threads wait on, or null if no object is known
     * @param names name of each thread
     * @param retainedBytes bytes of heap that would be freed if all threads of the group were gone
     * @param heldBy the shortest path from a root to one of the threads, or to what this thread waits on; one step per
     *     string, the root first. Empty if the verdict is {@link Verdict#CERTAIN}.
     * @param stack the frames of each thread, the innermost first
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

        /** Returns {@code platform} or {@code virtual}. */
        public String kind() {
            return virtual ? "virtual" : "platform";
        }
    }

    /**
     * A thread that cannot be judged. It counts as alive, and so does everything that it could wake.
     *
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     * @param virtual whether it is a virtual thread
     * @param why the reason, a clause
     */
    public record UnknownThread(long id, String name, boolean virtual, String why) {}

    /** Returns the reasons why threads cannot be judged, each with the number of its threads. */
    public Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        unknown.forEach(thread -> reasons.merge(thread.why(), 1, Integer::sum));
        return reasons;
    }

    /** Returns the leaked threads as a profile with the name {@code threadleak}. It has no creators and no ages. */
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

    /**
     * Returns these findings with fewer leaked threads.
     *
     * @param all if true, returns all leaked threads; if false, only those with the verdict {@link Verdict#CERTAIN}
     */
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
