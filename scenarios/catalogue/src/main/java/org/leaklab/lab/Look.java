package org.leaklab.lab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Waits;

/**
 * A cheap look that tells whether the threads of a cell are stuck: the state of each thread and what it is parked on.
 *
 * <p>The state is what tells that a thread has parked: {@link LockSupport#getBlocker} is set before the park. What it
 * is parked on must be of a class that the {@linkplain #atPlaces thorough look} has found, so a wait on the way to the
 * place does not count; nor does a wait for a monitor, unless the thorough look has found a thread that is parked on
 * nothing. And all live threads must be so at the same time, as many as expected: then none is left that could wake
 * another.
 *
 * <p>The cheap look reads the state and the blocker of each thread; the thorough look takes its stack, which is more.
 * The benchmark {@code StuckLook} measures both. For threads that compute or wait for something outside of Java there
 * is no cheap look: their state says nothing, so {@link #isStuck} takes the stacks too.
 *
 * <p>Used by one thread at a time. It holds no thread.
 */
final class Look {

    /** In place of a count: the thread has ended, or the monitor that it waits for is free. */
    private static final Long MOVES_ON = -1L;

    private final Leak leak;
    private final Set<Class<?>> blockers = new HashSet<>();
    private boolean someWithoutBlocker; // found by the thorough look: in Object.wait, or waiting for a monitor

    Look(Leak leak) {
        this.leak = leak;
    }

    /** The thorough look: whether as many threads as expected are at their places, and no others live. */
    boolean atPlaces(Launcher threads, int expected) {
        Picture picture = Picture.take(threads, leak);
        if (!picture.isSettled(expected) || !stand(picture.live())) {
            return false;
        }
        for (Launched launched : picture.live()) {
            Object blocker = LockSupport.getBlocker(launched.thread());
            if (blocker == null) {
                someWithoutBlocker = true;
            } else {
                blockers.add(blocker.getClass());
            }
        }
        return true;
    }

    /** The cheap look. Call it only after the {@linkplain #atPlaces thorough look} has once said yes. */
    boolean isStuck(Launcher threads, int expected) {
        if (leak.waits() != Waits.PARKED && leak.waits() != Waits.SLEEPING) {
            return atPlaces(threads, expected);
        }
        List<Launched> live = threads.live();
        return live.size() == expected && stand(live) && live.stream().allMatch(this::waitsForTheSame);
    }

    /**
     * A second look at threads that were just found stuck: whether each platform thread is still parked on the same
     * object after a {@link Thread#yield}, or still waits for a monitor, or with one, that some thread has. A virtual
     * thread that was woken is no longer WAITING, so one look is enough for it.
     */
    boolean staysStuck(Launcher threads, int expected) {
        if (leak.waits() != Waits.PARKED || threads.kind() == ThreadKind.VIRTUAL) {
            return true;
        }
        List<Launched> before = threads.live();
        List<Object> first = before.stream().map(Look::waitsFor).toList();
        Thread.yield();
        List<Launched> live = threads.live();
        if (!live.equals(before) || live.size() != expected || !stand(live)) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            Object now = waitsFor(live.get(i));
            boolean same = first.get(i) instanceof Long count ? count.equals(now) : first.get(i) == now;
            if (!same || MOVES_ON.equals(now)) {
                return false;
            }
        }
        return true;
    }

    /** What the thread is parked on; if there is no such object, how many times it has waited or been blocked. */
    private static Object waitsFor(Launched launched) {
        Object blocker = LockSupport.getBlocker(launched.thread());
        if (blocker != null) {
            return blocker;
        }
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(launched.thread().threadId());
        return info == null || (info.getThreadState() == Thread.State.BLOCKED && info.getLockOwnerId() < 0)
                ? MOVES_ON
                : (Object) (info.getWaitedCount() + info.getBlockedCount());
    }

    private boolean waitsForTheSame(Launched launched) {
        Object blocker = LockSupport.getBlocker(launched.thread());
        return blocker == null ? someWithoutBlocker : blockers.contains(blocker.getClass());
    }

    private boolean stand(List<Launched> live) {
        return switch (leak.waits()) {
            case PARKED -> allWait(live) && Lines.hold(live);
            case SLEEPING ->
                live.stream().allMatch(launched -> launched.thread().getState() == Thread.State.TIMED_WAITING);
            case SPINNING, SOCKET, PROCESS, INITIALIZER -> true; // the picture says it
        };
    }

    /** Whether all wait without a time limit, or have not begun because those that wait keep the carriers. */
    private static boolean allWait(List<Launched> live) {
        boolean some = false;
        for (Launched launched : live) {
            Thread thread = launched.thread();
            Thread.State state = thread.getState();
            if (Picture.waitsForEver(state)) {
                if (launched.isLimited() || (state == Thread.State.WAITING && thread.isInterrupted())) {
                    return false; // it will move on, or is about to
                }
                some = true;
            } else if (!hasNotBegun(thread, state)) {
                return false;
            }
        }
        return some || live.isEmpty();
    }

    private static boolean hasNotBegun(Thread thread, Thread.State state) {
        return thread.isVirtual() && state == Thread.State.RUNNABLE && thread.getStackTrace().length == 0;
    }
}
