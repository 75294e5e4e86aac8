package org.leaklab.heapdump;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of analysing a heap dump: why the threads of its process do not go on.
 *
 * <p>A thread that waits without a timeout stands in one of these lists: leaked is proof, suspects is not, waiting
 * shows what holds the thing that it waits on, and of the unknown ones nothing can be said. Threads that wait with a
 * timeout, or do not wait, can be suspects too.
 *
 * @param at time when the dump was taken
 * @param jdk version of the JDK that the process ran on, or null if the dump does not contain it
 * @param threads number of live threads by kind and state; a key is for example {@code virtual, waiting}
 * @param platform number of live platform threads
 * @param virtual number of live virtual threads
 * @param blocked number of live threads, of both kinds, that wait without a timeout
 * @param leaked the threads that can never be woken; empty if {@code cannotTell} is not null
 * @param groups the leaked threads in groups, the largest group first
 * @param circles the circles of threads each of which waits for the next one
 * @param suspects the threads that may be stuck, each with the reason
 * @param waiting all other threads that wait without a timeout, in groups, the largest group first
 * @param unknown the threads that cannot be judged
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
        List<LeakedThread> leaked,
        List<LeakedGroup> groups,
        List<Circle> circles,
        List<SuspectThread> suspects,
        List<WaitingGroup> waiting,
        List<UnknownThread> unknown,
        @Nullable String cannotTell,
        List<String> notes) {

    /** Says why a thread can never be woken. */
    public enum Cause {
        /** Nothing alive can reach what the thread waits on. */
        UNREACHABLE("unreachable"),
        /**
         * The thread waits for a lock, a monitor or the end of a thread, and its owner can never go on, or has ended.
         */
        DEADLOCK("deadlock"),
        /** The same for a class that its owner initializes. */
        CLASS_INITIALIZATION("class-initialization"),
        /**
         * No proof: a test has started the thread, and the thread was still there at the end of the tests. Only the
         * check of a whole suite says so, in its file of {@linkplain KnownLeaks known leaks}.
         */
        LEFT_BEHIND("left-behind");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Says why a thread may be stuck, though that is not proven. */
    public enum Reason {
        /** Every worker of a pool waits for what only tasks in the queue of this pool can give. */
        POOL_STARVATION("pool-starvation"),
        /** Nothing outside its own group of threads reaches the thread or what it waits on. */
        ISLAND("island"),
        /** Every carrier is mounted by a thread that does not go on. */
        NO_CARRIER("no-carrier"),
        /** The thread is parked on a lock that nobody owns. */
        LOCK_FREE("lock-free"),
        /** The thread waits for a leaked one, with a timeout or in a way that another thread could end. */
        BEHIND("behind"),
        /** The thread waits with a timeout of a day or more. */
        LONG_WAIT("long-wait"),
        /** The thread and others were seen to wait for each other, but not all of them at one moment. */
        DEADLOCK("deadlock");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Says how certain it is that a thread can never be woken. */
    public enum Verdict {
        /**
         * Nothing in the dump can end its wait, not by an interrupt either. Any code of a process can list its platform
         * threads, and interrupt one whose wait ends by that.
         */
        CERTAIN("certain"),
        /**
         * Nothing alive can give the thread what it waits for, but an interrupt could wake it. Something alive holds
         * this thread and could interrupt it. Or it holds another leaked thread: after an interrupt that thread would
         * go on, and could wake this one. Or {@linkplain LeakedGroup#mayBeHeldUnseen something out of sight} could. Or
         * it is a thread of a process that was not seen again in the same place, and a running thread could have had in
         * flight what it waits on, out of sight of the dump.
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
     * Identifies a thread in a thread dump.
     *
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     */
    public record ThreadName(long id, String name) {}

    /**
     * A thread that can never be woken.
     *
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     * @param virtual whether it is a virtual thread
     * @param state {@link Thread.State#WAITING} or {@link Thread.State#BLOCKED}; {@link Thread.State#RUNNABLE} if it
     *     waits for the initialization of a class
     * @param cause why it can never be woken
     * @param verdict how certain it is
     * @param confirmed whether the process was asked again after the analysis, and the thread had not gone on
     * @param blocker name of the class of the object that the thread waits on, or null if no object is known
     * @param owner the thread that would have to go on first, or null if the cause is {@link Cause#UNREACHABLE}, or
     *     this thread has ended
     * @param retainedBytes bytes of heap that would be freed if this thread alone were gone, without the native stack
     *     of a platform thread; -1 if the findings are of a thread dump
     * @param stack the frames, the innermost first
     */
    public record LeakedThread(
            long id,
            String name,
            boolean virtual,
            Thread.State state,
            Cause cause,
            Verdict verdict,
            boolean confirmed,
            @Nullable String blocker,
            @Nullable ThreadName owner,
            long retainedBytes,
            List<StackTraceElement> stack) {

        /** Makes one that is not confirmed. */
        public LeakedThread(
                long id,
                String name,
                boolean virtual,
                Thread.State state,
                Cause cause,
                Verdict verdict,
                @Nullable String blocker,
                @Nullable ThreadName owner,
                long retainedBytes,
                List<StackTraceElement> stack) {
            this(id, name, virtual, state, cause, verdict, false, blocker, owner, retainedBytes, stack);
        }
    }

    /**
     * A group of leaked threads. They have the same kind, stack, cause and verdict, and wait on objects of the same
     * class.
     *
     * @param count number of threads, at least 1
     * @param virtual whether they are virtual threads
     * @param cause why they can never be woken
     * @param verdict how certain it is
     * @param blocker name of the class of the objects that the threads wait on, or null if no object is known
     * @param names name of each thread
     * @param retainedBytes bytes of heap that would be freed if all threads of the group were gone; -1 if the findings
     *     are of a thread dump
     * @param heldBy the shortest path from a root to one of the threads, or to what this thread waits on; one step per
     *     string, the root first. Empty if the verdict is {@link Verdict#CERTAIN}.
     * @param stack the frames of each thread, the innermost first
     */
    public record LeakedGroup(
            int count,
            boolean virtual,
            Cause cause,
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

        /**
         * Returns whether something out of sight could hold what the threads wait on, so that they are not certain,
         * though no way to them is known. Then {@link #heldBy} has one step, which says what it could be.
         */
        public boolean mayBeHeldUnseen() {
            return heldBy.size() == 1 && Confirmation.RESERVATIONS.contains(heldBy.getFirst());
        }
    }

    /**
     * One thread of a circle. It waits for what the next one holds; the last one for what the first one holds.
     *
     * @param thread the thread
     * @param wants what it waits for, such as {@code java.util.concurrent.locks.ReentrantLock$NonfairSync}
     * @param at the first frame of its stack that is not code of the JDK, or the innermost one
     * @param heldBy the next thread of the circle
     */
    public record Link(ThreadName thread, String wants, String at, ThreadName heldBy) {}

    /**
     * Threads each of which waits for the next one, the last one for the first.
     *
     * @param links at least one: a thread can wait for itself
     */
    public record Circle(List<Link> links) {}

    /**
     * A thread that may be stuck.
     *
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     * @param virtual whether it is a virtual thread
     * @param reason the kind of suspicion
     * @param because what was seen, and what would make the suspicion wrong; two or three sentences
     * @param stack the frames, the innermost first
     */
    public record SuspectThread(
            long id, String name, boolean virtual, Reason reason, String because, List<StackTraceElement> stack) {}

    /**
     * Threads that wait without a timeout, for something that may still happen. They have the same kind and stack, and
     * wait on objects of the same class that are reached on ways of the same fields.
     *
     * @param threads the threads, at least one
     * @param virtual whether they are virtual threads
     * @param blocker name of the class of the objects that the threads wait on, or null if no object is known
     * @param heldBy the shortest path from a root to what the first of them waits on; one step per string, the root
     *     first. For a lock that has an owner, one step that names this thread. Empty if no path is known.
     * @param stack the frames of each thread, the innermost first
     */
    public record WaitingGroup(
            List<ThreadName> threads,
            boolean virtual,
            @Nullable String blocker,
            List<String> heldBy,
            List<StackTraceElement> stack) {}

    /**
     * A thread that cannot be judged. It counts as alive, and so does everything that it could wake.
     *
     * @param id {@linkplain Thread#threadId() identifier} of the thread, or 0 if the dump does not contain it
     * @param name name of the thread, or empty if it has none
     * @param virtual whether it is a virtual thread
     * @param why the reason, a clause
     * @param stack the frames, the innermost first; empty if the dump does not contain them
     */
    public record UnknownThread(long id, String name, boolean virtual, String why, List<StackTraceElement> stack) {}

    /** Returns the reasons why threads cannot be judged, each with the number of its threads. */
    public Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        unknown.forEach(thread -> reasons.merge(thread.why(), 1, Integer::sum));
        return reasons;
    }

    /**
     * Returns these findings with fewer leaked threads. Without a thread, its circle goes too.
     *
     * @param all if true, returns all leaked threads; if false, only those with the verdict {@link Verdict#CERTAIN}
     */
    public Findings only(boolean all) {
        return all ? this : LeakedOnly.certain(this);
    }

    /** Returns these findings with more notes. */
    public Findings with(List<String> more) {
        return LeakedOnly.noted(this, more);
    }
}
