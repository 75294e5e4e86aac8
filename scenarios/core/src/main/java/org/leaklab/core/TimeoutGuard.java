package org.leaklab.core;

import java.time.Duration;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Runs a task with a time limit. If the time runs out, the guard cancels the task and waits for its end, so that no
 * task is abandoned.
 */
public final class TimeoutGuard {

    /**
     * A task that runs under a guard.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    public interface Guarded<T> {
        /** Runs on a thread of its own. It should stop when the context is done or the thread is interrupted. */
        T run(Context context) throws Exception;
    }

    private TimeoutGuard() {}

    /**
     * Runs a task on a new thread and waits for its result. If the time runs out, the parent context is done or the
     * current thread is interrupted, this method cancels the task's context, interrupts the task's thread and waits
     * until the task has ended.
     *
     * <p>If the task ignores both, this method goes on waiting, also if the current thread is interrupted again.
     *
     * @return what the task returned in time
     * @throws TaskFailedException if the task failed in time; the cause is its failure
     * @throws DeadlineExceededException if the task did not end in time
     * @throws CancelledException if the parent context was cancelled
     * @throws InterruptedException if the current thread was interrupted
     * @throws Launcher.ThreadLimitException if the launcher cannot start another thread
     * @throws IllegalStateException if the launcher is shut down
     */
    public static <T> T run(Launcher threads, Context parent, String name, Duration timeout, Guarded<T> task)
            throws InterruptedException, TaskFailedException {
        try (Context limited = parent.withTimeout(timeout);
                TaskGroup group = TaskGroup.open(limited, threads)) {
            Subtask<T> result = group.fork(name, () -> task.run(group.context()));
            group.join();
            return result.get();
        }
    }
}
