package org.leaklab.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Waits;

/**
 * One look at the threads of a launcher: which are alive, and which are stuck at a place that the scenario names.
 *
 * <p>Some virtual threads may not have run their first instruction {@value #STARVED_MILLIS} ms after their start. If a
 * thread is stuck, these count as stuck too: stuck threads keep every carrier, because they spin or are pinned.
 *
 * @param live all threads that have not ended
 * @param stuck the threads that are stuck
 * @param stack stack of one stuck thread, innermost frame first
 */
record Picture(List<Launched> live, List<Launched> stuck, List<String> stack) {

    private static final long STARVED_MILLIS = 50;

    static Picture take(Launcher threads, Leak leak) {
        Set<String> places = Set.of(leak.at());
        List<Launched> live = threads.live();
        List<Launched> stuck = new ArrayList<>();
        List<Launched> starved = new ArrayList<>();
        StackTraceElement[] shown = {};
        long now = System.nanoTime();
        for (Launched launched : live) {
            StackTraceElement[] stack = launched.thread().getStackTrace();
            Thread.State state = launched.thread().getState();
            if (stack.length == 0
                    && state == Thread.State.RUNNABLE
                    && launched.thread().isVirtual()) {
                if (now - launched.startedAt() > TimeUnit.MILLISECONDS.toNanos(STARVED_MILLIS)) {
                    starved.add(launched);
                }
            } else if (fits(leak.waits(), state, stack) && isAt(stack, places)) {
                stuck.add(launched);
                shown = shown.length == 0 ? stack : shown;
            }
        }
        if (!stuck.isEmpty()) {
            stuck.addAll(starved);
        }
        return new Picture(
                live,
                stuck,
                Arrays.stream(shown).map(StackTraceElement::toString).toList());
    }

    private static boolean fits(Waits waits, Thread.State state, StackTraceElement[] stack) {
        return switch (waits) {
            case PARKED -> state == Thread.State.WAITING || state == Thread.State.BLOCKED;
            case SLEEPING -> state != Thread.State.TERMINATED && state != Thread.State.NEW;
            case SPINNING -> state == Thread.State.RUNNABLE;
            case SOCKET -> state == Thread.State.WAITING || (state == Thread.State.RUNNABLE && isInSocketCall(stack));
        };
    }

    /**
     * Whether the thread is in the system call. A thread on its way to the call, or one that loads classes for it, does
     * not stand still yet.
     */
    private static boolean isInSocketCall(StackTraceElement[] stack) {
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().startsWith("sun.nio.ch.");
    }

    private static boolean isAt(StackTraceElement[] stack, Set<String> places) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
            if (places.contains(simple + "." + frame.getMethodName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether all live threads are stuck, and there are as many as expected. */
    boolean isSettled(int expected) {
        return stuck.size() == expected && live.size() == expected;
    }

    boolean sameThreadsAs(Picture other) {
        return Set.copyOf(stuck).equals(Set.copyOf(other.stuck)) && live.size() == other.live.size();
    }
}
