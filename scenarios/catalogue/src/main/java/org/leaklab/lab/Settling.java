package org.leaklab.lab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Waits;

/**
 * Finds out which threads of a cell are stuck.
 *
 * <p>A thread that waits is stuck if nothing is left that could wake it. So a wait counts only while all of this holds:
 *
 * <ul>
 *   <li>The thread waits without a time limit at a place that the scenario's class names, and no deadline will
 *       interrupt it.
 *   <li>Every other thread of the cell's launcher has ended or waits in this way too.
 *   <li>Everything else in the cell {@linkplain Surroundings rests}: the caller, executors, timers.
 *   <li>The threads that wait on primitives of the core are {@linkplain Lines in their lines}.
 *   <li>All looks of {@value #QUIET_MILLIS} ms, {@value Agreement#LOOKS} at least, find the same, and no thread has
 *       waited anew in between.
 * </ul>
 *
 * <p>So it does not matter how long a wait lasts: as long as a thread or a timer is left that will end it, that thread
 * or timer is seen. The many looks are only for a thread that another one has woken and that the operating system has
 * not let run yet. {@code Surroundings} says what cannot be seen.
 *
 * <p>Nothing shows from outside that a loop never ends. A thread that computes, or that waits for a class initializer,
 * counts if every look of {@value #LOOP_MILLIS} ms finds it at its place. A thread that sleeps must also be seen to
 * wake and to sleep again, so one sleep is not a loop. The JVM counts the sleeps of a platform thread. Of a virtual
 * thread the lab may not see on a busy machine that it is awake, so after {@value #SLEEP_MILLIS} ms that thread counts
 * all the same, also in one long sleep. So does a loop that would end by itself later.
 *
 * <p>Used by one thread, for one cell.
 */
final class Settling {

    /** So that {@value Agreement#LOOKS} looks take about as long as they must agree. */
    private static final long LOOK_MILLIS = 1;

    private static final long QUIET_MILLIS = 30;
    private static final long LOOP_MILLIS = 500;

    private static final long SLEEP_MILLIS = 2_000;

    /** Long beside a look, which must not hide a sleeper that is awake. */
    private static final long WATCH_MILLIS = 50;

    private final Launcher threads;
    private final Cell cell;
    private final int expected;
    private final Surroundings around;
    private final Agreement agreement = new Agreement(TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS), System::nanoTime);

    /** What a look has found that could be the end of the wait; a later one must find the same. */
    private record Start(
            List<Launched> live, List<Long> waits, long since, Map<Launched, Long> asleep, Set<Launched> woken) {

        /** Notes how many sleeps a thread had begun when it was first seen asleep, and whether it has woken since. */
        void see(Launched launched) {
            boolean sleeps = launched.thread().getState() == Thread.State.TIMED_WAITING;
            if (sleeps && !asleep.containsKey(launched)) {
                asleep.put(launched, waited(launched));
            } else if (!sleeps && launched.thread().isVirtual() && asleep.containsKey(launched)) {
                woken.add(launched);
            }
        }

        /** Notes which threads have begun one more sleep, as far as the JVM counts that. */
        void count() {
            asleep.forEach((launched, sleeps) -> {
                if (waited(launched) > sleeps) {
                    woken.add(launched);
                }
            });
        }

        long millisAsleep() {
            if (woken.containsAll(live)) {
                return LOOP_MILLIS;
            }
            boolean counted =
                    live.stream().anyMatch(launched -> !launched.thread().isVirtual() && !woken.contains(launched));
            return counted ? Long.MAX_VALUE : SLEEP_MILLIS;
        }
    }

    /**
     * The result. It holds no reference to a thread: a thread that is referenced could not be found unreachable.
     *
     * @param stuck the stuck threads, in the order of their start
     * @param stack stack of one stuck thread
     * @param complaints why threads that wait do not count, and which threads are left beside the stuck ones
     */
    record Result(List<StuckThread> stuck, List<String> stack, List<String> complaints) {}

    Settling(Launcher threads, Cell cell, Surroundings around) {
        this.threads = threads;
        this.cell = cell;
        this.expected = cell.expectedStuck(Runtime.version().feature());
        this.around = around;
    }

    /**
     * Waits until as many threads as expected are stuck and no others are left, at most as long as the patience.
     *
     * @return what the last look has found
     */
    Result await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Start start = null;
        while (true) {
            agreement.begin();
            Picture picture = Picture.take(threads, cell.scenario().leak());
            List<String> restless = picture.live().isEmpty() ? List.of() : around.restless(picture.live(), waits());
            Start before = start;
            start = next(before, picture, restless);
            boolean quiet = agreement.end(start != null && start == before);
            if (picture.isSettled(expected) && isLongEnough(start, quiet)) {
                return new Result(StuckThread.look(picture.stuck()), picture.stack(), List.of());
            }
            if (System.nanoTime() > deadline) {
                return late(picture, restless, isLongEnough(start, quiet));
            }
            pause(start);
        }
    }

    private Waits waits() {
        return cell.scenario().leak().waits();
    }

    /** The start of the looks that find the same, up to this one; null if something may still move. */
    private @Nullable Start next(@Nullable Start start, Picture picture, List<String> restless) {
        boolean asleep = waits() == Waits.SLEEPING && start != null; // between two sleeps it may be anywhere
        if (!restless.isEmpty()
                || (!asleep && picture.others().stream().anyMatch(Settling::mayMove))
                || !Lines.hold(picture.stuck())) {
            return null;
        }
        List<Long> waits = waits() == Waits.PARKED ? counts(picture.live()) : List.of();
        if (start != null
                && start.live().equals(picture.live())
                && start.waits().equals(waits)) {
            return start;
        }
        return new Start(picture.live(), waits, System.nanoTime(), new HashMap<>(), new HashSet<>());
    }

    /**
     * Whether the looks since the start have gone on long enough to count.
     *
     * @param quiet whether so many of them have agreed that no thread is on its way
     */
    private boolean isLongEnough(@Nullable Start start, boolean quiet) {
        if (start == null) {
            return false;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start.since());
        return start.live().isEmpty()
                || switch (waits()) {
                    case PARKED, SOCKET, PROCESS -> quiet;
                    case SPINNING, INITIALIZER -> millis >= LOOP_MILLIS;
                    case SLEEPING -> millis >= start.millisAsleep();
                };
    }

    /** Waits for the next look; watches sleepers meanwhile, who are awake for some microseconds only. */
    private void pause(@Nullable Start start) throws InterruptedException {
        if (start == null || waits() != Waits.SLEEPING) {
            Thread.sleep(LOOK_MILLIS);
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCH_MILLIS);
        while (System.nanoTime() < end) {
            start.live().forEach(start::see);
            Thread.onSpinWait();
        }
        start.count();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** How many times each thread has begun to wait, as far as the JVM counts that, and on what it waits. */
    private static List<Long> counts(List<Launched> live) {
        List<Long> counts = new ArrayList<>();
        for (Launched launched : live) {
            counts.add((long) System.identityHashCode(LockSupport.getBlocker(launched.thread())));
            counts.add(waited(launched));
        }
        return counts;
    }

    /** How many times a thread has begun to wait or to sleep; always 0 for a virtual one, for which no one counts. */
    private static long waited(Launched launched) {
        Thread thread = launched.thread();
        ThreadInfo info =
                thread.isVirtual() ? null : ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
        return info == null ? 0 : info.getWaitedCount() + info.getBlockedCount();
    }

    /** What to say when time is over. Threads do not count as stuck while another one may still wake them. */
    private Result late(Picture picture, List<String> restless, boolean longEnough) {
        List<String> awake = Stream.concat(
                        picture.others().stream()
                                .filter(Settling::mayMove)
                                .map(launched -> Surroundings.describe(launched.thread())),
                        restless.stream())
                .toList();
        List<String> complaints = new ArrayList<>();
        int count = picture.stuck().size();
        if (count > 0 && !longEnough) {
            complaints.add("cannot tell whether " + count + (count == 1 ? " thread" : " threads") + " at "
                    + String.join(" or ", cell.scenario().leak().at()) + " will move on: "
                    + (awake.isEmpty()
                            ? "there was no time to see that nothing changes"
                            : "these may still do something about it: " + String.join(", ", awake)));
        }
        String others = picture.others().stream()
                .map(launched -> Surroundings.describe(launched.thread()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            complaints.add("these threads have not ended, and are not stuck where the class says: " + others);
        }
        return longEnough
                ? new Result(StuckThread.look(picture.stuck()), picture.stack(), complaints)
                : new Result(List.of(), List.of(), complaints);
    }

    private static boolean mayMove(Launched launched) {
        return launched.isLimited() || !Picture.waitsForEver(launched.thread().getState());
    }
}
