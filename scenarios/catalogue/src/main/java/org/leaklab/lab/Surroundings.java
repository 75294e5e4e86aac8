package org.leaklab.lab;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.leaklab.core.Launched;
import org.leaklab.core.live.PendingDeadlines;
import org.leaklab.detect.JvmThreads;
import org.leaklab.scenario.Waits;

/**
 * The threads of this JVM that no launcher of the cell started: the caller, workers of executors that the cell made,
 * and timers. They could still wake a thread that waits, so the lab looks whether they rest.
 *
 * <p>A thread rests if it waits without a time limit, or is an idle worker of a pool. A thread that runs, sleeps or
 * waits with a time limit does not rest. That is how a timer shows: the thread that serves delayed tasks waits with a
 * time limit exactly as long as a task is due. This holds for a {@code ScheduledThreadPoolExecutor}, for
 * {@code java.util.Timer}, for {@code CompletableFuture.orTimeout}, for the deadlines of contexts, and, on JDK 21 to
 * 28, for virtual threads that wait with a time limit.
 *
 * <p>Threads that did not rest before the cell began are not the cell's and do not count. The timers and the common
 * pool, which all code of the JVM shares, are an exception: they always count, because the JDK does not say whose tasks
 * they run. Only the deadlines of contexts have numbers, so those that were set before the cell do not count.
 *
 * <p>What this class cannot see: virtual threads that no launcher started and that compute, unless the JVM runs with
 * {@link JvmThreads#OPEN}; bytes that another process will send; and the native code, cleaners and signal handlers that
 * wake a thread.
 */
final class Surroundings {

    /** Threads of the JDK's HTTP server and client. They serve connections as long as the two live. */
    private static final List<String> HTTP =
            List.of("HTTP-Dispatcher", "idle-timeout-task", "req-rsp-timeout-task", "HttpClient-");

    private static final String DEADLINES = "leaklab-deadlines";
    private static final String FUTURE_TIMER = "CompletableFutureDelayScheduler";
    private static final String VIRTUAL_TIMER = "VirtualThread-unparker";
    private static final long NUDGE_NANOS = 50_000_000;

    private long nudged = System.nanoTime() - NUDGE_NANOS;
    private final Set<Thread> restlessBefore;
    private final Set<Thread> virtualBefore;
    private final long lastDeadlineBefore = PendingDeadlines.last();

    private Surroundings(Set<Thread> restlessBefore, Set<Thread> virtualBefore) {
        this.restlessBefore = restlessBefore;
        this.virtualBefore = virtualBefore;
    }

    /** Notes, before a cell runs, which threads do not rest. */
    static Surroundings before() {
        Set<Thread> restless = Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !rests(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Surroundings(restless, JvmThreads.virtual());
    }

    /**
     * The threads that do not rest, each as its name and its state. Empty if none of them could wake a thread of the
     * cell.
     *
     * @param live the live threads of the cell's launcher, which are looked at elsewhere
     * @param waits how the stuck threads of the cell spend their time
     */
    List<String> restless(List<Launched> live, Waits waits) {
        Set<Thread> cell = new HashSet<>();
        live.forEach(launched -> cell.add(launched.thread()));
        cell.add(Thread.currentThread());
        Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
        Set<Thread> candidates = new HashSet<>(JvmThreads.platform());
        candidates.addAll(
                stacks.keySet().stream().filter(Surroundings::isHelper).toList());
        candidates.removeAll(cell);
        if (waits == Waits.PARKED) {
            candidates.addAll(mounted(stacks, live));
            Set<Thread> virtual = new HashSet<>(JvmThreads.virtual());
            virtual.removeAll(virtualBefore);
            virtual.removeAll(cell);
            candidates.addAll(virtual);
        } else { // the cell's own virtual threads sleep, run, or are served by the HTTP client's
            candidates.removeIf(thread -> isTimerOfVirtualThreads(thread.getName()));
        }
        List<Thread> restless = candidates.stream()
                .filter(thread -> isShared(thread.getName()) || !restlessBefore.contains(thread))
                .filter(thread ->
                        !thread.getName().equals(DEADLINES) || PendingDeadlines.setAfter(lastDeadlineBefore) > 0)
                .filter(thread -> !rests(thread, stacks.getOrDefault(thread, new StackTraceElement[0])))
                .toList();
        nudge(restless.stream().map(Thread::getName).toList());
        return restless.stream().map(Surroundings::describe).sorted().toList();
    }

    /**
     * Gives the timers of the JDK something to do. Up to JDK 24 they sleep on when their next task is taken back, until
     * that task would have been due. A new task makes them look again; then they rest, if no other is due.
     */
    private void nudge(List<String> restless) {
        long now = System.nanoTime();
        if (now - nudged < NUDGE_NANOS) {
            return;
        }
        nudged = now;
        if (restless.contains(FUTURE_TIMER)) {
            CompletableFuture<Boolean> soon = new CompletableFuture<Boolean>().completeOnTimeout(true, 1, MILLISECONDS);
            assert !soon.isCancelled();
        }
        if (restless.stream().anyMatch(name -> name.startsWith(VIRTUAL_TIMER))) {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) { // there may be several timers
                Thread.ofVirtual().start(() -> LockSupport.parkNanos(1_000_000));
            }
        }
    }

    static String describe(Thread thread) {
        return "\"" + thread.getName() + "\" (" + StuckThread.word(thread.getState()) + ")";
    }

    private static boolean rests(Thread thread, StackTraceElement[] stack) {
        return switch (thread.getState()) {
            case NEW, TERMINATED, WAITING, BLOCKED -> !isCarrier(thread) || !carries(stack);
            case TIMED_WAITING -> isIdle(stack) || isHttp(thread);
            case RUNNABLE -> isHttp(thread) && stack.length > 0 && stack[0].isNativeMethod();
        };
    }

    /** Whether it is a worker of a pool without a task. One that serves delayed tasks is idle only without any. */
    private static boolean isIdle(StackTraceElement[] stack) {
        boolean worker = false;
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (type.endsWith("ScheduledThreadPoolExecutor$DelayedWorkQueue")) {
                return false;
            }
            worker |= (type.equals("java.util.concurrent.ThreadPoolExecutor")
                            && frame.getMethodName().equals("getTask"))
                    || (type.equals("java.util.concurrent.ForkJoinPool")
                            && frame.getMethodName().equals("awaitWork"));
        }
        return worker;
    }

    private static boolean isHttp(Thread thread) {
        return HTTP.stream().anyMatch(thread.getName()::startsWith);
    }

    /** Whether it is a thread of the JDK that works for other threads, or waits for the end of a process. */
    private static boolean isHelper(Thread thread) {
        String name = thread.getName();
        return isShared(name)
                || name.startsWith("process reaper")
                || (name.startsWith("ForkJoinPool") && !isCarrier(thread));
    }

    private static boolean isShared(String name) {
        return name.equals(FUTURE_TIMER)
                || name.startsWith("ForkJoinPool.commonPool-")
                || name.startsWith("leaklab-")
                || name.endsWith("-delayScheduler")
                || isTimerOfVirtualThreads(name);
    }

    private static boolean isTimerOfVirtualThreads(String name) {
        return name.startsWith(VIRTUAL_TIMER) || (name.endsWith("-delayScheduler") && !name.contains("commonPool"));
    }

    /**
     * The carriers that carry a virtual thread, if there are more of them than virtual threads in the cell. Then one of
     * them carries a thread that is not the cell's.
     */
    private static List<Thread> mounted(Map<Thread, StackTraceElement[]> stacks, List<Launched> live) {
        List<Thread> carriers = stacks.entrySet().stream()
                .filter(entry -> isCarrier(entry.getKey()) && carries(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        long virtual =
                live.stream().filter(launched -> launched.thread().isVirtual()).count();
        return carriers.size() > virtual ? carriers : List.of();
    }

    private static boolean isCarrier(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private static boolean carries(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals("jdk.internal.vm.Continuation"));
    }
}
