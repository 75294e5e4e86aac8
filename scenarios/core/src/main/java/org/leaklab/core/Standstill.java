package org.leaklab.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out whether all threads of a launcher have been blocked for a while: without a timeout, each on the same
 * object.
 *
 * <p>Confined to the thread that looks.
 */
final class Standstill {

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private List<Object> before = List.of();
    private long since;

    /** Looks once more; true when nothing has moved for 200 ms. */
    boolean look(List<Launched> live) {
        List<Object> now = picture(live);
        if (now.isEmpty() || !now.equals(before)) {
            before = now;
            since = System.nanoTime();
            return false;
        }
        return System.nanoTime() - since >= QUIET_NANOS;
    }

    /** Which thread is blocked on which object. Empty if a thread still moves. */
    private static List<Object> picture(List<Launched> live) {
        List<Object> picture = new ArrayList<>();
        for (Launched launched : live) {
            Thread thread = launched.thread();
            if (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED) {
                return List.of();
            }
            picture.add(thread);
            picture.add(System.identityHashCode(LockSupport.getBlocker(thread)));
        }
        return picture;
    }

    /** Where a thread is blocked: the first frame that is neither the JDK's nor the core's own. */
    static String place(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (!isOfTheJdk(frame) && !frame.getClassName().startsWith("org.leaklab.core.")) {
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
