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
        return LockSupport.getBlocker(thread) == null ? whyWithoutBlocker(thread) : null;
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
}
