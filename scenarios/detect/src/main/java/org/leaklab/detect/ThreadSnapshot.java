package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;

/**
 * What one thread did at one moment: taken from the thread itself, with {@link Thread#getStackTrace()}, and never
 * through a thread dump, which can crash a JVM whose virtual threads mount and unmount meanwhile (JDK-8364343).
 *
 * <p>The thread moves on while it is looked at: state, blocker and stack are taken one after the other.
 *
 * @param waitsOn class name of what it is parked on, or null when it is not or does not say
 * @param creator name of the thread that started it; empty when that is not known
 * @param age time since its start, or null when that is not known
 * @param stack innermost frame first; empty when it had ended
 */
public record ThreadSnapshot(
        String name,
        long threadId,
        ThreadKind kind,
        Thread.State state,
        @Nullable String waitsOn,
        String creator,
        @Nullable Duration age,
        List<StackTraceElement> stack) {

    /** Keeps a copy of the stack. */
    public ThreadSnapshot {
        stack = List.copyOf(stack);
    }

    /** Looks at a thread of which the launcher knows its creator and its start. */
    public static ThreadSnapshot of(Launched launched) {
        Duration age = Duration.ofNanos(System.nanoTime() - launched.startedAt());
        return of(launched.thread(), launched.name(), launched.creatorName(), age);
    }

    /** Looks at any other thread. */
    public static ThreadSnapshot of(Thread thread) {
        return of(thread, thread.getName(), "", null);
    }

    private static ThreadSnapshot of(Thread thread, String name, String creator, @Nullable Duration age) {
        Thread.State state = thread.getState();
        Object blocker = LockSupport.getBlocker(thread);
        return new ThreadSnapshot(
                name,
                thread.threadId(),
                ThreadKind.of(thread),
                state,
                blocker == null ? null : blocker.getClass().getName(),
                creator,
                age,
                List.of(thread.getStackTrace()));
    }
}
