package org.leaklab.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;

/**
 * Finds out whether all threads of a launcher have been blocked for a while: each in the same wait, without a limit,
 * for what only another thread can give.
 *
 * <p>A wait counts if its stack shows it to be one of those: above the machinery that parks a thread stands a primitive
 * of the core, a monitor, or a lock, queue or synchronizer of {@code java.util.concurrent}, called by code that is not
 * the JDK's. What waits inside the JDK for anything else, a socket, a process, a future with a timeout of its own, may
 * end by itself. Nothing is said either while a context has a deadline at which an action of a user will run, which may
 * do anything. Rather no word than a false one.
 *
 * <p>Confined to the thread that looks.
 */
final class Standstill {

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int QUIET_LOOKS = 18;

    /** Timers and the JDK itself complete futures too, and anybody may give work to an idle thread of a pool. */
    private static final Set<String> WOKEN_FROM_ELSEWHERE = Set.of(
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.ForkJoinTask",
            "java.util.concurrent.ExecutorCompletionService",
            "java.util.concurrent.AbstractExecutorService",
            "java.util.concurrent.StructuredTaskScope",
            "java.util.concurrent.StructuredTaskScopeImpl");

    private List<Object> before = List.of();
    private long since;
    private int looks;

    /**
     * Looks once more; true when nothing has moved for 200 ms and {@value #QUIET_LOOKS} looks: of a machine that stood
     * still itself, or was busy, the clock alone says nothing. Without a listed thread it says nothing either: a
     * detector hides them for a moment, or they have just ended.
     */
    boolean look(List<Launched> live) {
        List<Object> now = picture(live);
        if (live.isEmpty() || now.isEmpty() || CancelAction.anyAtDeadline()) {
            before = List.of(); // who has just been woken may not run yet
            return false;
        }
        if (!now.equals(before)) {
            before = now;
            since = System.nanoTime();
            looks = 0;
            return false;
        }
        looks++;
        return looks >= QUIET_LOOKS
                && System.nanoTime() - since >= QUIET_NANOS
                && live.stream().allMatch(Standstill::waitsForAnotherThread)
                && picture(live).equals(now); // else a stack may be of a thread that was woken meanwhile
    }

    /**
     * Which thread is blocked on which object, and how many waits it has begun. Empty if a thread still moves, or its
     * wait has a limit; also if that is one of another launcher, which could still do something for ours.
     */
    private static List<Object> picture(List<Launched> live) {
        Collection<Launched> all = withOthers(live);
        Set<Thread> threads = new HashSet<>();
        all.forEach(launched -> threads.add(launched.thread()));
        List<Object> picture = new ArrayList<>();
        for (Launched launched : all) {
            Thread thread = launched.thread();
            Thread.State state = thread.getState();
            Object blocker = LockSupport.getBlocker(thread);
            if (launched.isLimited() || !isBlocked(state) || isHeldByAStranger(blocker, threads)) {
                return List.of();
            }
            picture.add(thread);
            picture.add(state);
            picture.add(System.identityHashCode(blocker));
        }
        return addWaits(picture, threads) ? picture : List.of();
    }

    /** These threads, then those of all other launchers, without the one that looks: it does nothing but that. */
    private static Collection<Launched> withOthers(List<Launched> live) {
        Set<Launched> all = new LinkedHashSet<>(live);
        for (LiveThreads threads : Launchers.all()) {
            all.addAll(threads.snapshot(Launched.class));
        }
        all.removeIf(launched -> launched.thread() == Thread.currentThread());
        return all;
    }

    /**
     * Adds how many waits each platform thread has begun. Two that hand something to and fro are both seen as waiting
     * most of the time, in the same two places: the one that was woken stays WAITING until a processor is free for it.
     * A virtual thread that was woken does not, and nobody counts its waits.
     *
     * @return false if a thread has ended, or waits for a lock or monitor that a thread has which is none of these
     */
    private static boolean addWaits(List<Object> picture, Set<Thread> threads) {
        long[] platform = threads.stream()
                .filter(thread -> !thread.isVirtual())
                .mapToLong(Thread::threadId)
                .sorted()
                .toArray();
        for (ThreadInfo info : ManagementFactory.getThreadMXBean().getThreadInfo(platform)) {
            if (info == null
                    || (info.getLockOwnerId() >= 0 && Arrays.binarySearch(platform, info.getLockOwnerId()) < 0)) {
                return false;
            }
            picture.add(info.getWaitedCount() + info.getBlockedCount());
        }
        return true;
    }

    private static boolean isBlocked(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.BLOCKED;
    }

    private static boolean isHeldByAStranger(Object blocker, Set<Thread> threads) {
        Thread owner = blocker instanceof Mutex mutex ? mutex.owner() : null;
        return owner != null && owner.isAlive() && !threads.contains(owner);
    }

    private static boolean waitsForAnotherThread(Launched launched) {
        Thread thread = launched.thread();
        if (thread.getState() == Thread.State.BLOCKED) {
            return true;
        }
        boolean waits = false; // a class that another thread initializes is waited for without a frame of a wait
        for (StackTraceElement frame : thread.getStackTrace()) {
            String type = frame.getClassName();
            if (WOKEN_FROM_ELSEWHERE.contains(type)) {
                return false;
            }
            if (!isOfAWait(type)) {
                return waits && (isOfTheCore(frame) || !isOfTheJdk(frame));
            }
            waits |= type.equals("java.lang.Object") || type.startsWith("java.util.concurrent.locks.LockSupport");
        }
        return false; // it has ended meanwhile
    }

    private static boolean isOfAWait(String type) {
        return type.startsWith("java.util.concurrent.")
                || type.startsWith("java.lang.VirtualThread")
                || type.startsWith("java.lang.System$")
                || type.startsWith("jdk.internal.misc.")
                || type.startsWith("jdk.internal.vm.")
                || type.equals("java.lang.Object");
    }

    private static boolean isOfTheCore(StackTraceElement frame) {
        return frame.getClassName().startsWith("org.leaklab.core.");
    }

    /** Where a thread is blocked: the first frame that is neither the JDK's nor the core's own. */
    static String place(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!isOfTheJdk(frame) && !isOfTheCore(frame)) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }

    private static boolean isOfTheJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
