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
    private static final String FUTURE = "java.util.concurrent.FutureTask";
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

    /** How far a thread of an executor is with its task. */
    private enum Progress {
        IN,
        PAST,
        /** It ends its task, or has not begun it. */
        BETWEEN,
        /** No frame of the executor is there. */
        UNSEEN
    }

    /** Whether the stack of a thread of an executor shows that its task has begun, and is not over. */
    static boolean isInItsTask(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return progress(stack) == Progress.IN || stack.length >= LONGEST_STACK;
    }

    /**
     * On JDK 21 what was given to {@code submit} runs as a plain {@code FutureTask}, and there is no frame of the
     * executor until it says that the task is over. Its outermost frame that is one shows how far it is: within its
     * task it has called code of another class.
     */
    private static Progress progress(StackTraceElement[] stack) {
        Progress submitted = Progress.UNSEEN;
        for (int i = 0; i < stack.length; i++) {
            String type = stack[i].getClassName();
            String method = stack[i].getMethodName();
            if (type.startsWith(EXECUTOR)) {
                if (method.equals("taskComplete")) {
                    return Progress.PAST;
                }
                if (method.equals("run")) {
                    return Progress.IN;
                }
            } else if (type.equals(FUTURE) && method.equals("run")) {
                String called = i == 0 ? FUTURE : stack[i - 1].getClassName();
                submitted = called.equals(FUTURE) ? Progress.BETWEEN : Progress.IN;
            }
        }
        return submitted;
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
            switch (progress(stack)) {
                case IN -> {
                    return false;
                }
                case PAST -> {
                    return true;
                }
                case BETWEEN -> {}
                case UNSEEN -> {
                    if (stack.length > 0) {
                        return stack.length < LONGEST_STACK;
                    }
                }
            }
            Thread.onSpinWait();
        }
        return !thread.isAlive();
    }
}
