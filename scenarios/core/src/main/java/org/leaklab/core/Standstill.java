package org.leaklab.core;

import java.util.ArrayList;
import java.util.HashSet;
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
     * still itself, or was busy, the clock alone says nothing.
     */
    boolean look(List<Launched> live) {
        List<Object> now = picture(live);
        if (now.isEmpty() || CancelAction.anyAtDeadline() || !othersAreBlocked(live)) {
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
                && live.stream().allMatch(Standstill::waitsForAnotherThread);
    }

    /** Whether no thread of another launcher may still do something. The one that looks does nothing but that. */
    private static boolean othersAreBlocked(List<Launched> live) {
        Set<Launched> own = new HashSet<>(live);
        for (LiveThreads threads : Launchers.all()) {
            for (Launched launched : threads.snapshot(Launched.class)) {
                if (launched.thread() != Thread.currentThread()
                        && !own.contains(launched)
                        && (launched.isLimited() || !isBlocked(launched.thread()))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Which thread is blocked on which object. Empty if a thread still moves, or its wait has a limit. */
    private static List<Object> picture(List<Launched> live) {
        Set<Thread> threads = new HashSet<>();
        live.forEach(launched -> threads.add(launched.thread()));
        List<Object> picture = new ArrayList<>();
        for (Launched launched : live) {
            Thread thread = launched.thread();
            Object blocker = LockSupport.getBlocker(thread);
            if (launched.isLimited() || !isBlocked(thread) || isHeldByAStranger(blocker, threads)) {
                return List.of();
            }
            picture.add(thread);
            picture.add(System.identityHashCode(blocker));
        }
        return picture;
    }

    private static boolean isBlocked(Thread thread) {
        Thread.State state = thread.getState();
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
