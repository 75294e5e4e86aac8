package org.leaklab.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Waits;

/**
 * One look at the threads of a launcher: which are alive, and which are at a place that the scenario names and spend
 * their time as the scenario says. A thread that a deadline will interrupt is not among them.
 *
 * <p>A look alone does not tell whether a thread is stuck: another thread or a timer may still wake it. See
 * {@link Settling}.
 *
 * <p>Some virtual threads may not have run their first instruction {@value #STARVED_MILLIS} ms after their start. If a
 * thread is stuck, these count as stuck too: stuck threads keep every carrier, because they spin or are pinned.
 *
 * @param live all threads that have not ended
 * @param stuck the threads that are at a place, or starved
 * @param stack stack of one of these threads, innermost frame first
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
            } else if (!mayBeInterrupted(launched, leak.waits())
                    && fits(leak.waits(), state, stack)
                    && isAt(stack, places)) {
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

    /** Whether a deadline will interrupt a wait; a thread that computes does not heed that. */
    private static boolean mayBeInterrupted(Launched launched, Waits waits) {
        return waits != Waits.SPINNING && launched.isLimited();
    }

    private static boolean fits(Waits waits, Thread.State state, StackTraceElement[] stack) {
        return switch (waits) {
            case PARKED -> waitsForEver(state) && !isInSocketCode(stack);
            case SLEEPING -> state != Thread.State.TERMINATED && state != Thread.State.NEW;
            case SPINNING -> state == Thread.State.RUNNABLE;
            case INITIALIZER -> state == Thread.State.RUNNABLE || waitsForEver(state);
            case PROCESS ->
                waitsForEver(state)
                        || (state == Thread.State.RUNNABLE && stack.length > 0 && stack[0].isNativeMethod());
            case SOCKET ->
                !isTimed(stack)
                        && ((state == Thread.State.WAITING && isInSocketCode(stack))
                                || (state == Thread.State.RUNNABLE && isInSocketCall(stack)));
        };
    }

    /** Whether a thread in this state waits without a time limit. */
    static boolean waitsForEver(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.BLOCKED;
    }

    /** Whether the thread waits for bytes. These may come from outside of this JVM. */
    private static boolean isInSocketCode(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(Picture::isOfSockets);
    }

    /**
     * Whether the wait for a socket has a time limit. A platform thread in a system call does not show it otherwise.
     */
    private static boolean isTimed(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> isOfSockets(frame) && frame.getMethodName().startsWith("timed"));
    }

    /**
     * Whether the thread is in a system call without a time limit. A thread on its way to the call, or one that loads
     * classes for it, does not stand still yet. Of a call that polls sockets or that a selector makes, the stack does
     * not say whether it has a limit, so such a thread does not count.
     */
    private static boolean isInSocketCall(StackTraceElement[] stack) {
        return stack.length > 0
                && stack[0].isNativeMethod()
                && isOfSockets(stack[0])
                && !stack[0].getMethodName().startsWith("poll")
                && Arrays.stream(stack).noneMatch(frame -> frame.getClassName().equals("sun.nio.ch.SelectorImpl"));
    }

    private static boolean isOfSockets(StackTraceElement frame) {
        return frame.getClassName().startsWith("sun.nio.ch.");
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

    /** The live threads that are not stuck. */
    List<Launched> others() {
        Set<Launched> here = new HashSet<>(stuck);
        return live.stream().filter(launched -> !here.contains(launched)).toList();
    }
}
