package org.leaklab.pattern;

import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Bounded concurrency: runs many tasks, each on a thread of its own, but only a few at a time.
 *
 * <p>Each running task has a place, which is a permit of a {@link org.leaklab.core.Semaphore}. The
 * {@linkplain TaskGroup#limit group} keeps the semaphore. It gives the place back when the task ends in any way, and
 * also when the task never begins. So a task cannot lose a permit.
 *
 * <p>Bound: at most {@code bound} threads, beside the calling thread. The calling thread takes one task from the
 * iterable before there is a place for it, and then waits for the place. So the iterable may make its tasks when they
 * are asked for, and may even be endless.
 */
public final class BoundedConcurrency {

    private BoundedConcurrency() {}

    /**
     * Runs tasks and waits until all have ended. While all places are taken, the next task waits for one. The first
     * failure cancels the tasks that run; the tasks that have not begun do not run.
     *
     * @param bound how many tasks run at a time, at least 1
     * @param tasks asked for the next task by the calling thread
     * @return the results, in the order of the tasks
     * @throws IllegalArgumentException if the bound is less than 1
     * @throws TaskFailedException if a task failed; the cause is the first failure, later failures are suppressed
     *     exceptions
     * @throws CancelledException if the context is done before all tasks have ended
     * @throws InterruptedException if the current thread is interrupted; the tasks are cancelled, and this method waits
     *     for their end
     */
    public static <T> List<T> run(
            Launcher threads, Context context, int bound, Iterable<? extends Work<? extends T>> tasks)
            throws InterruptedException, TaskFailedException {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            return InvokeAll.join(group.limit(bound), tasks);
        }
    }
}
