package org.leaklab.core;

import java.time.Duration;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Runs something that must not take longer than a given time, and does not abandon it: "run this within 2 s, then
 * cancel it and wait for its end".
 */
public final class TimeoutGuard {

    /**
     * What is run under a guard.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    public interface Guarded<T> {
        /** Runs on a thread of its own; stops when the context is done or the thread is interrupted. */
        T run(Context context) throws Exception;
    }

    private TimeoutGuard() {}

    /**
     * Runs a task on a thread of its own and waits for its result. When the time is over, or the parent context done,
     * or the caller interrupted, cancels the task's context, interrupts its thread, and waits until it has ended.
     *
     * <p>A task that ignores both keeps the caller waiting; a second interrupt of the caller ends that wait.
     *
     * @return what the task returned in time
     * @throws TaskFailedException if the task failed in time; the cause is its failure
     * @throws DeadlineExceededException if it did not end in time
     * @throws CancelledException if the parent was cancelled
     * @throws InterruptedException if the caller was interrupted
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
