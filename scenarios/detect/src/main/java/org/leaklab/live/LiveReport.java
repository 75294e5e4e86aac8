package org.leaklab.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;

/**
 * What a probe has seen.
 *
 * @param at when it ended
 * @param jdk version of the JDK that was probed
 * @param rounds the collections, in their order; the first one is over all parked threads
 * @param sets what became of the threads of each kind of set in the first round: {@code root}, {@code executor},
 *     {@code pool} and {@code scope}, and {@code launcher} for threads that launchers of leaklab hold
 * @param leaked the virtual threads that nobody reaches
 * @param unknown virtual threads that wait without a timeout and could not be judged, at most 1000 of them
 * @param reasons why virtual threads could not be judged, each with the number of threads
 * @param states number of virtual threads in each state of the JDK, after the probe
 * @param cleared weak and soft references that something alive held and that the first collection has cleared, by the
 *     name of their class, each with their number. If there are any, one of them may have led to a leaked thread, or to
 *     what it waits on; nothing can tell any more. Then nothing is certain.
 * @param reaped what became of the threads that were interrupted at the end, by their identifier
 * @param platform number of platform threads; none of them is judged
 * @param unread how many copies of leaklab there are in that JVM whose launchers this version does not know; their
 *     threads count as alive, or are not seen
 */
public record LiveReport(
        Instant at,
        String jdk,
        List<Round> rounds,
        Map<String, SetCounts> sets,
        List<Leaked> leaked,
        List<Findings.UnknownThread> unknown,
        Map<String, Long> reasons,
        Map<String, Long> states,
        Map<String, Long> cleared,
        Map<Long, Reaped> reaped,
        int platform,
        int unread) {

    /** What became of a thread that was interrupted. */
    public enum Reaped {
        /** It has ended. */
        ENDED,
        /** It is alive, and does something else than before. */
        WENT_ON,
        /** It waits again where it did before. */
        IGNORED
    }

    /**
     * One collection.
     *
     * @param arming how long it took to let go of the threads; the program ran on
     * @param collection how long the collection took; the program stood still
     * @param restoring how long it took to put those back that something reached
     * @param finalizers how long it took after that until finalizers had put the others back
     * @param armed how many threads it let go of
     * @param found how many of them nobody reached
     * @param late how many were not back in time: their finalizers put them back later. A defect, unless the finalizer
     *     thread of the program got stuck
     */
    public record Round(
            Duration arming,
            Duration collection,
            Duration restoring,
            Duration finalizers,
            int armed,
            int found,
            int late) {}

    /**
     * What became of the virtual threads of one kind of set.
     *
     * @param sets how many sets there were
     * @param seen how many virtual threads were in them
     * @param armed how many of these were parked without a timeout, and let go of
     * @param kept how many of those something reached
     * @param found how many nobody reached
     * @param ended how many ended meanwhile
     * @param otherHandler how many got another handler of uncaught exceptions meanwhile, and were not judged
     */
    public record SetCounts(long sets, long seen, long armed, long kept, long found, long ended, long otherHandler) {}

    /**
     * A virtual thread that nobody reaches.
     *
     * @param id {@linkplain Thread#threadId() identifier}
     * @param name its name
     * @param set what it was started in: {@code root}, {@code executor}, {@code pool}, {@code scope}, or a
     *     {@code launcher} that something alive reaches
     * @param blocker name of the class of what it is parked on, or null
     * @param rounds how many collections have found it unreachable
     * @param interruptible whether something alive reaches its executor, scope or launcher, or another leaked thread
     *     that could wake it after an interrupt
     * @param doubted whether an earlier probe has found it while it cleared references that something alive held
     * @param stack its frames, the innermost first
     */
    public record Leaked(
            long id,
            String name,
            String set,
            @Nullable String blocker,
            int rounds,
            boolean interruptible,
            boolean doubted,
            List<StackTraceElement> stack) {}

    /**
     * Returns whether a thread is proven to be leaked. It is not if the first collection of this probe, or of an
     * earlier one that has found the thread, has {@linkplain #cleared cleared} references: before that, one of them may
     * have led to it.
     */
    public boolean isProven(Leaked thread) {
        return cleared.isEmpty() && !thread.doubted();
    }

    /** Returns how certain it is that a thread can never be woken, if that {@linkplain #isProven is proven}. */
    public Findings.Verdict verdict(Leaked thread) {
        return thread.interruptible() || thread.rounds() < 2 || !isProven(thread)
                ? Findings.Verdict.UNLESS_INTERRUPTED
                : Findings.Verdict.CERTAIN;
    }

    /**
     * Returns the result as that of a heap dump, with the cause {@link Findings.Cause#UNREACHABLE}. Threads of which
     * that is not {@linkplain #isProven proven} are suspects with the reason {@link Findings.Reason#ISLAND}.
     */
    public Findings findings() {
        return new ReportFindings(this, null).findings();
    }

    /** Returns how many virtual threads the probe saw. */
    long virtual() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns the result with what thread dumps show of locks.
     *
     * @param locks what {@link LiveProbe#locks} returned: proven deadlocks are leaked too, the others are suspects, and
     *     other platform threads that wait without a timeout are unknown
     */
    public Findings findings(SeenLocks locks) {
        return new ReportFindings(this, locks).findings();
    }
}
