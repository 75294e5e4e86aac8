package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;

/**
 * What one thread did when a detector looked at it.
 *
 * <p>The snapshot reads the thread itself, with {@link Thread#getStackTrace()}. It never takes a thread dump: on JDK 25
 * a dump can crash a JVM whose virtual threads mount and unmount meanwhile (JDK-8364343).
 *
 * <p>The snapshot reads state, blocker and stack one after the other, and the thread may run meanwhile. So the three
 * may belong to different moments. The snapshot does not hold the thread.
 *
 * @param name name of the thread; a thread of a launcher has the name that it was started under. Empty if it has none.
 * @param threadId {@linkplain Thread#threadId() identifier} of the thread
 * @param kind platform or virtual
 * @param state state of the thread
 * @param waitsOn name of the class of the object that the thread is parked on; null if it is not parked or gave no
 *     object
 * @param creator name of the thread that started it; empty if it is unknown or has no name
 * @param age time since the thread was started, or null if it is unknown
 * @param stack the frames, the innermost first; empty if the thread had ended or had not begun to run
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

    /** Creates a snapshot with a copy of the stack. */
    public ThreadSnapshot {
        stack = List.copyOf(stack);
    }

    /**
     * Returns the innermost frame that is neither the JDK's nor leaklab's core: the line of the program where the
     * thread is. Empty if the stack has no such frame.
     */
    public Optional<StackTraceElement> firstOwnFrame() {
        return Frames.firstOwn(stack);
    }

    /** Looks at a thread of a launcher. The snapshot has its creator and its age. */
    public static ThreadSnapshot of(Launched launched) {
        Duration age = Duration.ofNanos(System.nanoTime() - launched.startedAt());
        return of(launched.thread(), launched.name(), launched.creatorName(), age);
    }

    /** Looks at any thread. Its creator and its age are unknown. */
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
