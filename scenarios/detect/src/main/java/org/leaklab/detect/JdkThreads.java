package org.leaklab.detect;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Tells the threads that the JDK starts for itself from those of the program.
 *
 * <p>A name alone proves nothing, because a program can give its threads any name. So the JDK's threads are recognized
 * by their class, by their thread group, or by a name together with a stack that has frames of the JDK alone. A thread
 * that the JDK starts for an object of the program is the program's: the selector of an {@code HttpClient}, the
 * dispatcher of an {@code HttpServer}, the workers of a {@code ForkJoinPool}. The program can close that object.
 *
 * <p>A thread of the JDK is the program's while it does something for it: a worker of the common pool that runs a task,
 * a cleaner that runs an action, any of them that is in code of the program.
 */
final class JdkThreads {

    private static final String CARRIER = "jdk.internal.misc.CarrierThread";

    /** Internal classes: pollers, cleaners, reapers of processes, and the two of {@code java.lang.ref}. */
    private static final Set<String> CLASSES = Set.of(
            "jdk.internal.misc.InnocuousThread",
            "java.lang.ref.Reference$ReferenceHandler",
            "java.lang.ref.Finalizer$FinalizerThread");

    /** Runs the timeouts of every {@code CompletableFuture} up to JDK 24. */
    private static final String DELAYS = "CompletableFutureDelayScheduler";

    private JdkThreads() {}

    /** Whether a live platform thread is the JDK's or the VM's own. */
    static boolean isOne(Thread thread) {
        if (thread.getClass().getName().equals(CARRIER)) {
            return true; // what it runs, its virtual thread runs
        }
        if (CLASSES.contains(thread.getClass().getName())) {
            return !servesTheProgram(thread);
        }
        if (thread instanceof ForkJoinWorkerThread worker) {
            return worker.getPool() == ForkJoinPool.commonPool() && !servesTheProgram(thread);
        }
        if (thread.getClass().getName().equals("java.util.concurrent.DelayScheduler")) { // named after its pool
            return isIn(thread, "CarrierThreads")
                    || (thread.getName().startsWith("ForkJoinPool.commonPool-") && !servesTheProgram(thread));
        }
        return isOfTheCore(thread) || (mayBeOne(thread) && !servesTheProgram(thread) && isAtWork(thread));
    }

    /** The core's own timer, and a thread that ran actions for it and runs none now: nobody can end them. */
    private static boolean isOfTheCore(Thread thread) {
        return switch (thread.getName()) {
            case "leaklab-deadlines" -> has(thread.getStackTrace(), "org.leaklab.core.Timers", "run");
            case "leaklab-expired" -> has(thread.getStackTrace(), "java.util.concurrent.ThreadPoolExecutor", "getTask");
            default -> false;
        };
    }

    /** Whether it is in code of the program, or runs what the program gave it, which may be code of the JDK alone. */
    private static boolean servesTheProgram(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return !Frames.areOfTheJdk(stack)
                || (thread instanceof ForkJoinWorkerThread && has(stack, "java.util.concurrent.ForkJoinTask", "doExec"))
                || has(stack, "jdk.internal.ref.CleanerImpl$PhantomCleanableRef", "performCleanup")
                || has(stack, "java.util.concurrent.CompletableFuture", "postComplete");
    }

    private static boolean has(StackTraceElement[] stack, String type, String method) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }

    /** The cheap half of the question: where the thread is and what it is called. */
    private static boolean mayBeOne(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null
                || group.getParent() == null // the VM's, RMI's, JFR's recorder; the program's are in "main" or below
                || isIn(thread, "RMI Runtime")
                || thread.getName().equals("DestroyJavaVM")
                || thread.getName().equals(DELAYS)
                || thread.getName().startsWith("JFR ");
    }

    /** The other half, for a thread in a group of the program: its stack says what it was started for. */
    private static boolean isAtWork(Thread thread) {
        String name = thread.getName();
        ThreadGroup group = thread.getThreadGroup();
        if (group == null || group.getParent() == null || isIn(thread, "RMI Runtime")) {
            return true;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        if (name.equals("DestroyJavaVM")) {
            return stack.length == 0;
        }
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (name.equals(DELAYS)
                    ? type.startsWith("java.util.concurrent.ScheduledThreadPoolExecutor")
                    : type.startsWith("jdk.jfr.") || type.equals("java.util.TimerThread")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(Thread thread, String group) {
        ThreadGroup of = thread.getThreadGroup();
        return of != null && of.getName().equals(group);
    }

    /** Whether a platform thread is a carrier: what it seems to own, its virtual thread owns. */
    static boolean isCarrier(long threadId) {
        return JvmThreads.all()
                .anyMatch(thread -> thread.threadId() == threadId
                        && thread.getClass().getName().equals(CARRIER));
    }

    /** Whether a virtual thread is the JDK's own: it polls sockets for others. */
    static boolean isOneOfVirtual(Thread thread) {
        if (!thread.getName().contains("Poller")) {
            return false;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith("sun.nio.ch.Poller")
                    && frame.getMethodName().endsWith("Loop")) { // one that waits for a socket is in Poller.poll
                return true;
            }
        }
        return false;
    }
}
