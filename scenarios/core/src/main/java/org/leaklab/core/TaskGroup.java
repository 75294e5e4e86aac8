package org.leaklab.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.text.Printable;
import org.leaklab.core.wait.Nanos;

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
 * {@link #close()} without a join cancels the tasks and waits for their end, so no task outlives the block: not after
 * an interrupt, and not if a listener of the context or a logger fails.
 *
 * <p>A task may fork in its own group. It cannot join the group or close it, because it would wait for itself.
 *
 * <p>Safe for use by any number of threads.
 *
 * <p>Invariant: a task is one of the {@link Members} from before its thread starts until nothing runs on that thread
 * any more and the launcher has given its place back. So a place in the group is never free before the launcher has
 * one. The task names its thread before it looks at the context, and both fields are volatile. So a cancel either finds
 * the thread, or the thread sees the cancel.
 */
public final class TaskGroup implements AutoCloseable {

    private final Launcher threads;
    private final Context context;
    private final @Nullable TraceId ownTrace;
    private final Members members;
    private final Outcome outcome;
    private volatile @Nullable Semaphore places;
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

        TaskFailedException(Forked<?> task, String traceId, List<Throwable> others) {
            super(
                    "task \"" + Printable.of(task.name()) + "\" (trace " + Printable.of(traceId) + ") failed: "
                            + Printable.textOf(task.failure()),
                    task.failure());
            this.taskName = task.name();
            this.traceId = traceId;
            others.forEach(other -> {
                if (other != getCause()) { // one exception that several tasks threw
                    addSuppressed(other);
                }
            });
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
        this.ownTrace = parent.value(Context.TRACE_ID) == null ? new TraceId() : null;
        this.context = ownTrace == null ? parent.withCancel() : parent.withTrace(ownTrace);
        this.members = new Members(context.expiry());
        this.outcome = new Outcome(context);
        context.onDoneFirst(this::interruptAll);
    }

    private void interruptAll() {
        List<Thread> threadsOfTasks = members.threads();
        if (!threadsOfTasks.isEmpty()) {
            Failures failures = new Failures();
            for (Thread thread : threadsOfTasks) {
                failures.run(thread::interrupt); // it may close a channel of java.nio, which is foreign code
            }
            failures.throwFirst();
        }
    }

    /** Opens a group. Its tasks run on threads of the launcher, under a child of the parent context. */
    public static TaskGroup open(Context parent, Launcher threads) {
        return new TaskGroup(parent, threads);
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
        if (tasks < 1) {
            throw new IllegalArgumentException("at least 1 task runs at a time, not " + tasks);
        }
        if (!members.isEmpty()) {
            throw new IllegalStateException("set the limit before the first fork");
        }
        places = new Semaphore(tasks);
        return this;
    }

    /**
     * Logs the start, the end and the failure of each task, with its name and the trace id. Failures are logged at
     * WARNING, the rest at DEBUG. A failure is logged after it has cancelled the other tasks. If the logger throws, the
     * task and the group go on as without a logger; what it threw goes to the launcher's {@linkplain Launcher#onFailure
     * failure handler}.
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
        return ownTrace == null ? context.value(Context.TRACE_ID) : ownTrace.get();
    }

    /** Whether a deadline will interrupt the tasks. One that has passed did so already. */
    boolean isLimited() {
        Deadline deadline = context.expiry();
        return deadline != null && deadline.nanosLeft() < Nanos.FOR_EVER && !context.isDone();
    }

    /**
     * Starts a task on a new thread. Waits only if a {@link #limit} is set and that many tasks run; then it waits until
     * one of them ends or the group is cancelled. If the group is cancelled already, the task does not run.
     *
     * <p>A task may fork in its own group, but never waits there: it would keep its own place while it waits, and if
     * all tasks did so they would wait for each other without end. So in a full group, its fork throws.
     *
     * @return the task; its result is there after the join
     * @throws IllegalStateException if the group has been joined or closed, unless one of its running tasks forks; if a
     *     task of the group forks while as many tasks run as the limit allows; or if the launcher is shut down
     * @throws Launcher.ThreadLimitException if the launcher cannot start another thread
     * @throws InterruptedException if the current thread is interrupted while it waits for a place
     */
    public <T> Subtask<T> fork(String name, Callable<? extends T> task) throws InterruptedException {
        Forked<T> subtask = new Forked<>(this, name, task);
        if (!members.add(subtask)) {
            throw new IllegalStateException("fork after join: task \"" + Printable.of(name)
                    + "\" comes too late, the group is joined or closed");
        }
        boolean started = false;
        try {
            if (takePlace(subtask) && !context.isDone()) {
                threads.start(name, subtask);
                started = true;
            } else {
                subtask.skip();
            }
            return subtask;
        } finally {
            if (!started) {
                leave(subtask);
            }
        }
    }

    private boolean takePlace(Forked<?> subtask) throws InterruptedException {
        Semaphore bound = places;
        if (bound == null) {
            return true;
        }
        if (!bound.tryAcquire(1)) {
            if (members.has(Thread.currentThread())) {
                throw new IllegalStateException("task \"" + Printable.of(subtask.name())
                        + "\" is forked by a task of its own group, and " + bound.limit()
                        + " tasks run, as many as the limit: the fork would wait for its own end");
            }
            try {
                bound.acquire(context, 1);
            } catch (CancelledException e) {
                return false;
            }
        }
        subtask.place = bound;
        return true;
    }

    /** Runs a task on its thread. Its outcome is recorded, and a failure cancels the others, before a logger runs. */
    void run(Forked<?> subtask) {
        if (context.isDone()) {
            Thread.currentThread().interrupt();
        }
        Failures failures = new Failures();
        log(Level.DEBUG, subtask, "started", null, failures);
        Throwable failure = subtask.call();
        if (failure == null) {
            log(Level.DEBUG, subtask, "ended", null, failures);
        } else {
            failed(subtask, failure, failures);
        }
        failures.throwFirst(); // to the launcher's failure handler
    }

    private void failed(Forked<?> subtask, Throwable failure, Failures failures) {
        boolean echo = context.isDone()
                && (failure instanceof InterruptedException || failure instanceof CancellationException);
        if (!echo) {
            outcome.failed(subtask, failure);
            failures.run(() -> context.cancel(failure));
        }
        log(echo ? Level.DEBUG : Level.WARNING, subtask, echo ? "cancelled" : "failed", failure, failures);
    }

    private void log(Level level, Forked<?> subtask, String what, @Nullable Throwable thrown, Failures failures) {
        Logger log = logger;
        if (log != null) {
            failures.run(() -> {
                if (log.isLoggable(level)) {
                    log.log(
                            level,
                            "task \"" + Printable.of(subtask.name()) + "\" " + what + " trace="
                                    + Printable.of(traceId()),
                            thrown);
                }
            });
        }
    }

    /** Gives back what a task that is gone, or never began, held of the group. Does nothing the second time. */
    void leave(Forked<?> subtask) {
        if (members.remove(subtask) && subtask.place != null) {
            subtask.place.release();
        }
    }

    /** Cancels the group: cancels its context and interrupts every running task. Does not wait for their end. */
    public void cancel() {
        context.cancel();
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
     * @throws IllegalStateException if the current thread runs a task of this group: it would wait for itself
     * @throws InterruptedException if the current thread is interrupted; tasks may still run then, and {@link #close()}
     *     waits for their end
     */
    public void join() throws InterruptedException, TaskFailedException {
        refuseOwnTask("join");
        members.close();
        try {
            members.await();
        } catch (InterruptedException e) {
            try {
                cancel();
            } catch (Throwable thrown) { // a listener's failure; the interrupt is what the caller has to know
                e.addSuppressed(thrown);
            }
            throw e;
        }
        outcome.throwUnlessSucceeded(this);
        context.close();
    }

    /**
     * Cancels the tasks that still run, and waits for their end. An interrupt does not end the wait: the interrupt flag
     * is set again afterwards. So no task outlives the block. A task that ignores its cancellation keeps this method
     * waiting.
     *
     * <p>If a listener of the context fails, this method throws what the listener threw, after all tasks have ended.
     *
     * @throws IllegalStateException if the current thread runs a task of this group, which would wait for itself; the
     *     group is cancelled then
     */
    @Override
    public void close() {
        members.close();
        if (members.isEmpty()) {
            context.close();
            return;
        }
        Failures failures = new Failures();
        failures.run(context::close);
        refuseOwnTask("close");
        members.awaitUninterruptibly();
        failures.throwFirst();
    }

    private void refuseOwnTask(String what) {
        if (members.has(Thread.currentThread())) {
            throw new IllegalStateException(what + " of a group by its own task, on thread \""
                    + Printable.of(Thread.currentThread().getName()) + "\": it would wait for its own end");
        }
    }
}
