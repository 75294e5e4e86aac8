package org.leaklab.pattern;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Task group: runs all tasks at once, each on a thread of its own, and waits for all their results.
 *
 * <pre>{@code
 * List<String> parts = InvokeAll.run(threads, context, List.of(this::header, this::body, this::footer));
 * }</pre>
 *
 * <p>Bound: none. There are as many threads as tasks. If there can be many tasks, use {@link BoundedConcurrency}.
 */
public final class InvokeAll {

    private InvokeAll() {}

    /**
     * Runs tasks and waits until all have ended. The first failure cancels the other tasks: their context is done and
     * their threads are interrupted.
     *
     * @return the results, in the order of the tasks
     * @throws TaskFailedException if a task failed; the cause is the first failure, later failures are suppressed
     *     exceptions
     * @throws CancelledException if the context is done before all tasks have ended
     * @throws InterruptedException if the current thread is interrupted; the tasks are cancelled, and this method waits
     *     for their end
     */
    public static <T> List<T> run(Launcher threads, Context context, Iterable<? extends Work<? extends T>> tasks)
            throws InterruptedException, TaskFailedException {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            return join(group, tasks);
        }
    }

    /** Forks the tasks one by one, as the group lets them in, and waits for their results. */
    static <T> List<T> join(TaskGroup group, Iterable<? extends Work<? extends T>> tasks)
            throws InterruptedException, TaskFailedException {
        List<Subtask<T>> forked = new ArrayList<>();
        for (Work<? extends T> task : tasks) {
            if (group.context().isDone()) { // the tasks may come without end
                break;
            }
            forked.add(group.fork("task-" + forked.size(), () -> task.run(group.context())));
        }
        group.join();
        return forked.stream().map(Subtask::get).toList();
    }
}
