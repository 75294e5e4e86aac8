package org.leaklab.agent.probe;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a thread back: into its set, and its handler in the place of the sentinel. */
enum Return {
    /** The thread is as it was. */
    WHOLE,
    /** The program has set another handler meanwhile; it stays. */
    OTHER_HANDLER,
    /** The thread, or its task, has ended meanwhile. */
    ENDED;

    private static final String EXECUTOR = "java.util.concurrent.ThreadPerTaskExecutor";
    private static final int LOOKS = 1000;

    /** As many frames as the JVM shows of a thread that runs, unless told otherwise. */
    private static final int LONGEST_STACK = 1024;

    /**
     * Does it; more than once does no harm. The thread may go on and end at any time. Its end takes it out of the set:
     * one that is added after that is taken out here.
     *
     * @param sentinel what was hung on the thread, or null if that is not there any more
     */
    static Return of(Thread thread, Armed armed, @Nullable HandlerSentinel sentinel) {
        boolean mine = sentinel != null && Jdk.exchange(thread, sentinel, sentinel.before);
        Place place = armed.place;
        if (place != null) { // its launcher knows whether it has ended
            place.takeBack(sentinel == null ? null : sentinel.entry());
        }
        if (place != null && place.only) {
            return !thread.isAlive() ? ENDED : mine ? WHOLE : OTHER_HANDLER;
        }
        return toSet(thread, mine, mine && sentinel != null && !sentinel.wasCalled());
    }

    private static Return toSet(Thread thread, boolean mine, boolean quiet) {
        Object container = Jdk.container(thread);
        Set<Thread> set = Jdk.set(container);
        if (set == null) {
            return ENDED; // its container keeps no set, so it cannot have been armed
        }
        set.add(thread);
        if (!thread.isAlive() || Jdk.kind(container) == Kind.EXECUTOR && isPastItsTask(thread, quiet)) {
            set.remove(thread);
            Jdk.tryTerminate(container);
            return ENDED;
        }
        Jdk.repairRegistration(container);
        return mine ? WHOLE : OTHER_HANDLER;
    }

    /** Whether the stack of a thread of an executor shows that its task has begun, and is not over. */
    static boolean isInItsTask(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(EXECUTOR)
                    && frame.getMethodName().equals("run")) {
                return true;
            }
        }
        return stack.length >= LONGEST_STACK;
    }

    /**
     * Whether a thread of an executor has said that its task is over: it does so while it is alive. Asked after it was
     * added to the set. Its task had begun when it was armed. One that is parked in its task says so later, and takes
     * itself out. Another one is known by its stack: if the executor's frame is there and is not about to say so, it
     * says so later.
     *
     * @param quiet whether no handler ran since it was armed
     */
    private static boolean isPastItsTask(Thread thread, boolean quiet) {
        if (quiet && Jdk.isParked(thread) && Jdk.scopes(thread) == null) {
            return false;
        }
        for (int looks = 0; looks < LOOKS && thread.isAlive(); looks++) {
            StackTraceElement[] stack = thread.getStackTrace();
            for (StackTraceElement frame : stack) {
                if (frame.getClassName().startsWith(EXECUTOR)) {
                    if (frame.getMethodName().equals("taskComplete")) {
                        return true;
                    }
                    if (frame.getMethodName().equals("run")) {
                        return false;
                    }
                }
            }
            if (stack.length >= LONGEST_STACK) {
                return false;
            }
            if (stack.length > 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return !thread.isAlive();
    }
}
