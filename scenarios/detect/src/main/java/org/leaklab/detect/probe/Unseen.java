package org.leaklab.detect.probe;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;

/** Which threads the garbage collector says nothing about, and why. */
public final class Unseen {

    /** Of platform threads. */
    public static final String PLATFORM = "platform threads are always roots; a heap dump can tell";

    /** Of virtual threads that the JDK holds. */
    public static final String EARLIER =
            "the JDK holds them: started before the detector was attached, or by an executor";

    /** Of threads that wait for a monitor, or in {@link Object#wait()}. */
    public static final String MONITOR =
            "they wait for a monitor, and the VM holds those threads; a heap dump can tell";

    /** Of virtual threads that wait for a socket. */
    public static final String SOCKET = "they wait for a socket, and the JDK's poller holds them";

    /** Of virtual threads that wait without giving up their carrier. */
    public static final String PINNED = "they are pinned, and their carriers hold them; a heap dump can tell";

    /** Of threads that did not wait when the probe let go of threads. */
    public static final String LATER = "they began to wait during the probe; the next one can judge them";

    /** Of threads that were let go of and found unreachable, and that no finalizer has brought back. */
    public static final String NOT_BACK = "the JVM has not run their finalizers in time; the next probe can judge them";

    /** Of threads that were let go of in vain. */
    public static final String UNSOUND = "this probe did not find the thread that it leaks on purpose";

    private Unseen() {}

    /** Why reachability says nothing about a thread that survived a collection, or null when it does: it is alive. */
    public static @Nullable String why(Launched launched) {
        Thread thread = launched.thread();
        if (!thread.isVirtual()) {
            return PLATFORM;
        }
        Thread.State state = thread.getState();
        if (state == Thread.State.BLOCKED) {
            return MONITOR;
        }
        if (state != Thread.State.WAITING) {
            return null;
        }
        if (!CollectableStart.isCollectable(launched)) {
            return EARLIER;
        }
        String why = LockSupport.getBlocker(thread) == null ? whyWithoutBlocker(thread) : null;
        return why == null && isMounted(thread) ? PINNED : why;
    }

    private static @Nullable String whyWithoutBlocker(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Object")
                    && frame.getMethodName().startsWith("wait")) {
                return MONITOR;
            }
            if (frame.getClassName().startsWith("sun.nio.ch.")) {
                return SOCKET;
            }
        }
        return null;
    }

    /**
     * Whether a virtual thread has a carrier. Its text is all that tells, on every JDK from 21 on:
     * {@code VirtualThread[#22,name]/waiting@ForkJoinPool-1-worker-1} of one that has, {@code …]/waiting} of others.
     */
    private static boolean isMounted(Thread thread) {
        String text = thread.toString();
        return text.indexOf('@', text.lastIndexOf("]/") + 1) >= 0;
    }
}
