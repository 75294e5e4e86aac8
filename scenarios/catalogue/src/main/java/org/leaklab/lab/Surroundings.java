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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
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
 * <p>A thread of the JDK's HTTP server rests while it waits for bytes, but not while it runs a handler. The selector of
 * the JDK's HTTP client always waits with a time limit, be it for the timeout of a request or for nothing. So beside it
 * the lab cannot tell whether a parked thread will move on. If the cell's threads wait for a socket, the selector
 * counts as one that waits for bytes.
 *
 * <p>Threads that did not rest before the cell began, or waited for a lock, are not the cell's and do not count. The
 * timers and the common pool, which all code of the JVM shares, are an exception: they always count, because the JDK
 * does not say whose tasks they run. Only the deadlines of contexts have numbers, so those that were set before the
 * cell do not count.
 *
 * <p>What this class cannot see: virtual threads that no launcher started, that compute and have no carrier at the
 * moment of the look, unless the JVM runs with {@link JvmThreads#OPEN}; a task that the cell gives to a scheduled pool
 * or timer that had another one pending before the cell; the timeout of an HTTP client's request whose server waits for
 * a socket; bytes that another process will send; and the native code, cleaners and signal handlers that wake a thread.
 */
final class Surroundings {

    /** The timers of the JDK's HTTP server. They close connections that nobody uses. */
    private static final Set<String> SERVER_TIMERS = Set.of("idle-timeout-task", "req-rsp-timeout-task");

    private static final String SERVER = "sun.net.httpserver.ServerImpl$Dispatcher";
    private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl$SelectorManager";

    /** How the JDK's thread waits for the end of a child process. */
    private static final String REAPS = "waitForProcessExit";

    /** From this version on, the selector of the HTTP client is a virtual thread, and waits with a time limit. */
    private static final int CLIENT_IS_VIRTUAL = 26;

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
                .filter(entry -> !rests(entry.getKey(), entry.getValue(), Waits.PARKED)
                        || isOnItsWay(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Surroundings(restless, virtual());
    }

    /** The virtual threads that can be seen: those of all launchers, and in some JVMs all others. */
    private static Set<Thread> virtual() {
        Set<Thread> virtual = new HashSet<>(JvmThreads.virtual());
        for (LiveThreads threads : Launchers.all()) {
            threads.snapshot(Launched.class).stream()
                    .map(Launched::thread)
                    .filter(Thread::isVirtual)
                    .forEach(virtual::add);
        }
        return virtual;
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
        boolean wakesItself = waits == Waits.SLEEPING || waits == Waits.SPINNING;
        if (!wakesItself) {
            Set<Thread> virtual = virtual();
            candidates.addAll(mounted(stacks, virtual, cell));
            virtual.removeAll(virtualBefore);
            virtual.removeAll(cell);
            virtual.removeIf(thread -> waits == Waits.SOCKET && isOf(CLIENT, thread.getStackTrace()));
            candidates.addAll(virtual);
        }
        boolean timesClient = waits == Waits.SOCKET
                && Runtime.version().feature() >= CLIENT_IS_VIRTUAL
                && candidates.stream().anyMatch(thread -> thread.getName().startsWith("HttpClient-"));
        if (wakesItself || timesClient) {
            candidates.removeIf(thread -> isTimerOfVirtualThreads(thread.getName()));
        }
        boolean serves = stacks.values().stream().anyMatch(stack -> isOf(SERVER, stack));
        List<Thread> restless = candidates.stream()
                .filter(thread -> isShared(thread.getName()) || !restlessBefore.contains(thread))
                .filter(thread ->
                        !thread.getName().equals(DEADLINES) || PendingDeadlines.setAfter(lastDeadlineBefore) > 0)
                .filter(thread -> !(serves && isTimerOfServer(thread, stacks.get(thread))))
                .filter(thread -> !rests(thread, stacks.getOrDefault(thread, new StackTraceElement[0]), waits))
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

    private static boolean rests(Thread thread, StackTraceElement[] stack, Waits waits) {
        return switch (thread.getState()) {
            case NEW, TERMINATED, WAITING, BLOCKED -> !isCarrier(thread) || !carries(stack);
            case TIMED_WAITING -> isIdle(stack);
            case RUNNABLE ->
                stack.length > 0
                        && stack[0].isNativeMethod()
                        && !runsProgram(stack)
                        && (isOf(SERVER, stack)
                                || (waits == Waits.SOCKET && isOf(CLIENT, stack))
                                || (waits == Waits.PROCESS
                                        && stack[0].getMethodName().startsWith(REAPS)));
        };
    }

    /** Whether it waits for a lock only: a thread that works from time to time may do that while it is looked at. */
    private static boolean isOnItsWay(Thread thread, StackTraceElement[] stack) {
        return thread.getState() == Thread.State.BLOCKED
                || isOf("java.util.concurrent.locks.ReentrantLock", stack)
                        && !isOf("java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject", stack);
    }

    /**
     * Whether it is a worker of a pool without a task. One that takes its tasks from a queue of delayed ones, or from a
     * queue of the program, may wait with a time limit because a task is due then.
     */
    private static boolean isIdle(StackTraceElement[] stack) {
        for (int i = 1; i < stack.length; i++) {
            String type = stack[i].getClassName();
            String method = stack[i].getMethodName();
            if (type.equals("java.util.concurrent.ThreadPoolExecutor") && method.equals("getTask")) {
                String queue = stack[i - 1].getClassName();
                return queue.startsWith("java.util.concurrent.") && !queue.contains("Delay");
            }
            if (type.equals("java.util.concurrent.ForkJoinPool") && method.equals("awaitWork")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTimerOfServer(Thread thread, StackTraceElement @Nullable [] stack) {
        return thread.getClass().getName().equals("java.util.TimerThread")
                && SERVER_TIMERS.contains(thread.getName())
                && stack != null
                && !runsProgram(stack);
    }

    private static boolean isOf(String type, StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().equals(type));
    }

    /** Whether there is a frame that is not of the JDK. */
    private static boolean runsProgram(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .map(StackTraceElement::getModuleName)
                .anyMatch(module -> module == null || !(module.startsWith("java.") || module.startsWith("jdk.")));
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

    /** The carriers that carry a virtual thread which is looked at neither here nor elsewhere. */
    private static List<Thread> mounted(
            Map<Thread, StackTraceElement[]> stacks, Set<Thread> virtual, Set<Thread> cell) {
        Set<String> known = Stream.concat(virtual.stream(), cell.stream())
                .filter(Thread::isVirtual)
                .map(Surroundings::carrierOf)
                .collect(Collectors.toSet());
        return stacks.entrySet().stream()
                .filter(entry -> isCarrier(entry.getKey()) && carries(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(carrier -> !known.contains(carrier.getName()))
                .toList();
    }

    /** The name of a virtual thread's carrier; empty if it has none. Nothing else says it but the thread's text. */
    private static String carrierOf(Thread virtual) {
        String text = virtual.toString(); // VirtualThread[#22,name]/runnable@ForkJoinPool-1-worker-1
        int at = text.indexOf('@', text.lastIndexOf("]/") + 1);
        return at < 0 ? "" : text.substring(at + 1);
    }

    private static boolean isCarrier(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private static boolean carries(StackTraceElement[] stack) {
        return isOf("jdk.internal.vm.Continuation", stack);
    }
}
