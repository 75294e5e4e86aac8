package org.leaklab.agent.probe;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that a round has found, and what is known of it. It holds the thread: none may be left in a collection. */
record Candidate(Thread thread, Find find) {

    /**
     * Looks at a thread that came back from its finalizer.
     *
     * @return null if it has gone on meanwhile, or does not wait where an earlier look has seen it
     */
    static @Nullable Candidate of(HandlerSentinel sentinel) {
        Thread thread = sentinel.watched().thread();
        Object blocker = sentinel.watched().blocker();
        if (sentinel.how != Return.WHOLE || !waits(thread, blocker)) {
            return null;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        if (!waits(thread, blocker)) {
            return null;
        }
        boolean reached = sentinel.armed.isReached();
        Find before = sentinel.armed.find;
        if (before == null) {
            return new Candidate(
                    thread,
                    new Find(
                            thread.threadId(),
                            thread.getName(),
                            kind(sentinel.armed),
                            blocker == null ? null : blocker.getClass().getName(),
                            System.identityHashCode(blocker),
                            stack,
                            1,
                            reached));
        }
        return before.isAt(blocker, stack) ? new Candidate(thread, before.again(reached)) : null;
    }

    /** As what could interrupt it. */
    private static Kind kind(Armed armed) {
        return armed.isLauncherReached() ? Kind.LAUNCHER : armed.kind == Kind.LAUNCHER ? Kind.ROOT : armed.kind;
    }

    private static boolean waits(Thread thread, @Nullable Object blocker) {
        return Jdk.isParked(thread)
                && !Jdk.hasPermit(thread)
                && !thread.isInterrupted()
                && LockSupport.getBlocker(thread) == blocker;
    }
}
