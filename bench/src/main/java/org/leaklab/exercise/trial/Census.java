package org.leaklab.exercise.trial;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.leaklab.detect.JvmThreads;

/**
 * The threads that a round has started, by whatever means: the factory, an executor, {@code new Thread}. Threads that
 * the JDK starts for itself are not among them, but its timers are looked at: while one of them is set, it may wake a
 * thread.
 */
final class Census {

    private static final Set<String> TIMERS = Set.of("CompletableFutureDelayScheduler", "VirtualThread-unparker");
    private static final String TIMER_OF_POOLS = "java.util.concurrent.DelayScheduler";

    private final Supplier<Set<Thread>> threads;
    private final Set<Thread> before;

    private Census(Supplier<Set<Thread>> threads) {
        this.threads = threads;
        this.before = threads.get();
    }

    /** Notes which threads are there before a round. */
    static Census before(Supplier<Set<Thread>> threads) {
        return new Census(threads);
    }

    /**
     * The threads of this JVM. The list is not of one moment: a thread that starts while it is made may be missing, and
     * so may the thread that started it, if that one ends meanwhile.
     */
    static Set<Thread> all() {
        Set<Thread> all = new HashSet<>(JvmThreads.platform());
        all.addAll(JvmThreads.virtual());
        return all;
    }

    /** The live threads of the round, in the order of their ids. */
    List<Thread> live() {
        return threads.get().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .sorted(Comparator.comparingLong(Thread::threadId))
                .toList();
    }

    /** What threads look like that do nothing. */
    enum Rest {
        /** At least one does something, or something from outside of them could make one move. */
        NONE,
        /**
         * At least one waits to enter a monitor, and it is not known that somebody has it: it may be about to get it.
         */
        PERHAPS,
        /** None can go on by itself. */
        ALL
    }

    /**
     * Whether no thread of the round moves, and nothing from outside of it could make one move: no timer is set, no
     * process that it started runs.
     */
    static Rest rest(List<Thread> live) {
        if (!live.stream().allMatch(Census::rests)
                || timers().anyMatch(Census::isSet)
                || ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive)) {
            return Rest.NONE;
        }
        return live.stream().anyMatch(Census::mayEnter) ? Rest.PERHAPS : Rest.ALL;
    }

    /**
     * Whether a thread waits to enter a monitor and it is not known that somebody has it. Of virtual threads the JDK
     * does not say who has it.
     */
    static boolean mayEnter(Thread thread) {
        if (thread.getState() != Thread.State.BLOCKED) {
            return false;
        }
        ThreadInfo info =
                thread.isVirtual() ? null : ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
        return info == null || info.getLockOwnerId() < 0;
    }

    /** Whether a thread waits without a limit, and not for bytes, or is an idle worker of a pool. */
    private static boolean rests(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, BLOCKED ->
                Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
            case TIMED_WAITING -> isIdle(thread.getStackTrace());
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private static Stream<Thread> timers() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + 64];
        return Arrays.stream(found, 0, root.enumerate(found, true))
                .filter(thread -> TIMERS.contains(thread.getName())
                        || thread.getName().startsWith("VirtualThread-unparker")
                        || thread.getClass().getName().equals(TIMER_OF_POOLS));
    }

    private static boolean isSet(Thread timer) {
        return timer.getState() != Thread.State.WAITING;
    }

    /** Whether it is a worker of a pool that waits for work. One that a delayed task is due for is not idle. */
    static boolean isIdle(StackTraceElement[] stack) {
        boolean worker = false;
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (type.endsWith("$DelayedWorkQueue") && isTimed(stack)) {
                return false;
            }
            worker |= switch (type) {
                case "java.util.concurrent.ThreadPoolExecutor" ->
                    frame.getMethodName().equals("getTask");
                case "java.util.concurrent.ForkJoinPool" ->
                    frame.getMethodName().equals("awaitWork");
                default -> false;
            };
        }
        return worker;
    }

    private static boolean isTimed(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getMethodName().equals("awaitNanos")
                        || frame.getMethodName().equals("parkNanos"));
    }
}
