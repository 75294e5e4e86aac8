package org.leaklab.pattern;

import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Bounded concurrency: runs many tasks, each on a thread of its own, but only so many at a time.
 *
 * <p>The places are the permits of a {@link org.leaklab.core.Semaphore} that the {@linkplain TaskGroup#limit group}
 * keeps: whatever way a task ends, or if it never begins, its place is given back by the group. No task has a permit to
 * lose.
 *
 * <p>Bound: at most {@code bound} threads beside the caller, who draws one task ahead of the places and then waits;
 * hence the tasks may be made as they are drawn, without end even.
 */
public final class BoundedConcurrency {

    private BoundedConcurrency() {}

    /**
     * Runs tasks and waits until all have ended; while all places are taken, the next task waits for one. The first
     * failure cancels the tasks that run, and the rest are not run.
     *
     * @param bound how many tasks run at a time, at least 1
     * @return the results, in the order of the tasks
     * @throws TaskFailedException if a task failed; its cause is the first failure, later ones are suppressed
     * @throws CancelledException if the context is done before all tasks have ended
     * @throws InterruptedException if the caller is interrupted; the tasks are cancelled and waited for
     */
    public static <T> List<T> run(
            Launcher threads, Context context, int bound, Iterable<? extends Work<? extends T>> tasks)
            throws InterruptedException, TaskFailedException {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            return InvokeAll.join(group.limit(bound), tasks);
        }
    }
}
