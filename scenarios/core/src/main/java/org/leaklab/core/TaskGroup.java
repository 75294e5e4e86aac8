package org.leaklab.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;

/**
 * Tasks that start together, fail together and end together: Go's {@code errgroup}, with one thread for each task.
 *
 * <pre>{@code
 * try (var group = TaskGroup.open(context, threads)) {
 *     var user = group.fork("user", () -> fetchUser(group.context()));
 *     var order = group.fork("order", () -> fetchOrder(group.context()));
 *     group.join();
 *     return new Page(user.get(), order.get());
 * }
 * }</pre>
 *
 * <p>The first task that fails cancels the others: the group's {@linkplain #context() context} is cancelled with the
 * failure, and every running task is interrupted. {@link #join()} waits until all tasks have ended, and then throws the
 * first failure. The tasks are cancelled in the same way when the parent context is cancelled or expires.
 * {@link #close()} without a join cancels the tasks and waits for their end, so no task outlives the block, unless the
 * current thread is interrupted while it waits.
 *
 * <p>Safe for use by any number of threads.
 *
 * <p>Invariant: a task is one of the {@link Members} from before its thread starts until after its code has ended. The
 * task names its thread before it looks at the context, and both fields are volatile. So a cancel either finds the
 * thread, or the thread sees the cancel.
 */
public final class TaskGroup implements AutoCloseable {

    private final Launcher threads;
    private final Context scope;
    private final Context context;
    private final String traceId;
    private final Context.Registration interrupting;
    private final Members members = new Members();
    private final Outcome outcome;
    private volatile @Nullable Semaphore slots;
    private volatile @Nullable Logger logger;

    /**
     * A task that was forked in a group. Its result and its failure are those of the code that it ran.
     *
     * @param <T> type of the result
     */
    public sealed interface Subtask<T> permits Forked {

        /** How far a subtask has come. */
        enum State {
            /** The task has not ended; perhaps it has not begun. */
            RUNNING,
            /** The task returned a result. */
            SUCCEEDED,
            /** The task threw an exception. */
            FAILED,
            /** The group was cancelled before the task began, so the task never ran. */
            NOT_RUN
        }

        /** The name that it was forked under. */
        String name();

        /** How far it has come. Never waits. */
        State state();

        /**
         * The result. Never waits: call it after {@link TaskGroup#join()} has returned.
         *
         * @throws IllegalStateException if the task has not succeeded; if the task failed, the cause is its failure
         */
        T get();

        /** What the task threw. Null if the task has not failed. Never waits. */
        @Nullable
        Throwable failure();
    }

    /**
     * A task of a group failed. The cause is the first failure. Later failures are suppressed exceptions of this one.
     *
     * <p>A cancelled task often ends with an {@link InterruptedException} or a {@link CancellationException}. Such an
     * exception only follows from the cancellation, so it is left out.
     */
    public static final class TaskFailedException extends ExecutionException {

        private final String taskName;
        private final String traceId;

        TaskFailedException(String taskName, String traceId, Throwable cause, List<Throwable> others) {
            super("task \"" + taskName + "\" (trace " + traceId + ") failed: " + cause, cause);
            this.taskName = taskName;
            this.traceId = traceId;
            others.forEach(this::addSuppressed);
        }

        /** Name of the task that failed first. */
        public String taskName() {
            return taskName;
        }

        /** The trace that the group works for. */
        public String traceId() {
            return traceId;
        }
    }

    private TaskGroup(Context parent, Launcher threads) {
        this.threads = threads;
        this.scope = parent.withCancel();
        String given = parent.value(Context.TRACE_ID);
        this.traceId = given != null ? given : newTraceId();
        this.context = given != null ? scope : scope.withValue(Context.TRACE_ID, traceId);
        this.outcome = new Outcome(scope, traceId);
        this.interrupting = scope.onDone(() -> members.threads().forEach(Thread::interrupt));
    }

    /** Opens a group. Its tasks run on threads of the launcher, under a child of the parent context. */
    public static TaskGroup open(Context parent, Launcher threads) {
        return new TaskGroup(parent, threads);
    }

    /** 16 random bytes, in the form of a W3C trace id. */
    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * Sets how many tasks may run at a time. {@link #fork} then waits while that many run. Call it before the first
     * fork.
     *
     * @return this group
     * @throws IllegalArgumentException if {@code tasks} is less than 1
     * @throws IllegalStateException if a forked task has not ended
     */
    public TaskGroup limit(int tasks) {
        if (!members.isEmpty()) {
            throw new IllegalStateException("set the limit before the first fork");
        }
        slots = new Semaphore(tasks);
        return this;
    }

    /**
     * Logs the start, the end and the failure of each task, with its name and the trace id. Failures are logged at
     * WARNING, the rest at DEBUG.
     *
     * @return this group
     */
    public TaskGroup logTo(Logger log) {
        logger = log;
        return this;
    }

    /**
     * The context of the tasks. It is done when the group is cancelled, joined or closed. It carries the
     * {@link Context#TRACE_ID}.
     */
    public Context context() {
        return context;
    }

    /** The trace that the group works for. It is the parent's; if the parent has none, it is a new one. */
    public String traceId() {
        return traceId;
    }

    /**
     * Starts a task on a new thread. Waits only if a {@link #limit} is set and that many tasks run; then it waits until
     * one of them ends or the group is cancelled. If the group is cancelled already, the task does not run.
     *
     * <p>A task may fork in its own group. With a limit, the forking task keeps its place while it waits: if all
     * running tasks wait in this way, they wait for each other until the group is cancelled.
     *
     * @return the task; its result is there after the join
     * @throws IllegalStateException if the group has been joined or closed, unless one of its running tasks forks; or
     *     if the launcher is shut down
     * @throws Launcher.ThreadLimitException if the launcher cannot start another thread
     * @throws InterruptedException if the current thread is interrupted while it waits for a place
     */
    public <T> Subtask<T> fork(String name, Callable<? extends T> task) throws InterruptedException {
        Forked<T> subtask = new Forked<>(name);
        if (!members.add(subtask)) {
            throw new IllegalStateException(
                    "fork after join: task \"" + name + "\" comes too late, the group is joined or closed");
        }
        Semaphore bound = slots;
        boolean admitted = false;
        boolean started = false;
        try {
            admitted = bound == null || takeSlot(bound);
            if (!admitted || scope.isDone()) {
                subtask.skip();
                return subtask;
            }
            threads.start(name, () -> run(subtask, task, bound));
            started = true;
            return subtask;
        } finally {
            if (!started) {
                leave(subtask, admitted ? bound : null);
            }
        }
    }

    private boolean takeSlot(Semaphore free) throws InterruptedException {
        try {
            free.acquire(context, 1);
            return true;
        } catch (CancelledException e) {
            return false;
        }
    }

    private <T> void run(Forked<T> subtask, Callable<? extends T> task, @Nullable Semaphore bound) {
        subtask.thread = Thread.currentThread();
        try {
            if (scope.isDone()) {
                Thread.currentThread().interrupt();
            }
            log(Level.DEBUG, subtask, "started", null);
            Throwable failure = subtask.run(task);
            if (failure == null) {
                log(Level.DEBUG, subtask, "ended", null);
            } else {
                failed(subtask, failure);
            }
        } finally {
            leave(subtask, bound);
        }
    }

    /** Gives back what a task that ended, or never began, held of the group. */
    private void leave(Forked<?> subtask, @Nullable Semaphore bound) {
        if (bound != null) {
            bound.release();
        }
        members.remove(subtask);
    }

    private void failed(Forked<?> subtask, Throwable failure) {
        boolean echo =
                scope.isDone() && (failure instanceof InterruptedException || failure instanceof CancellationException);
        log(echo ? Level.DEBUG : Level.WARNING, subtask, echo ? "cancelled" : "failed", failure);
        if (echo) {
            return;
        }
        outcome.failed(subtask, failure);
        scope.cancel(failure);
    }

    private void log(Level level, Forked<?> subtask, String what, @Nullable Throwable thrown) {
        Logger log = logger;
        if (log != null && log.isLoggable(level)) {
            log.log(level, "task \"" + subtask.name() + "\" " + what + " trace=" + traceId, thrown);
        }
    }

    /** Cancels the group: cancels its context and interrupts every running task. Does not wait for their end. */
    public void cancel() {
        scope.cancel();
    }

    /**
     * Waits until all tasks have ended. From now on only running tasks of the group can fork. If the current thread is
     * interrupted, or the parent context is done, the tasks are cancelled.
     *
     * <p>What a task did happens before what the current thread does after the join.
     *
     * @throws TaskFailedException if a task failed: the cause is the first failure, later failures are suppressed
     *     exceptions
     * @throws CancelledException if the parent context or the group was cancelled before a task failed; later failures
     *     are suppressed exceptions
     * @throws InterruptedException if the current thread is interrupted; tasks may still run then, and {@link #close()}
     *     waits for their end
     */
    public void join() throws InterruptedException, TaskFailedException {
        members.close();
        try {
            members.await();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        }
        outcome.throwUnlessSucceeded();
        finish();
    }

    private void finish() {
        interrupting.close();
        scope.close();
    }

    /**
     * Cancels the tasks that still run, and waits for their end. If the current thread is interrupted, the wait ends
     * and the interrupt flag is set again. Tasks that ignore their cancellation may still run then, and only the
     * launcher knows them.
     */
    @Override
    public void close() {
        members.close();
        if (!members.isEmpty()) {
            cancel();
            try {
                members.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        finish();
    }
}
