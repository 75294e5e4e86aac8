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
 * Tasks that are started together, fail together and end together: Go's {@code errgroup}, with a thread a task.
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
 * <p>The first task that fails cancels the rest: the group's {@linkplain #context() context} is cancelled with the
 * failure and every running task is interrupted. {@link #join()} waits for all to end and throws that first failure. So
 * does a parent context that is cancelled or expires. {@link #close()} without a join cancels and waits: no task
 * outlives the block.
 *
 * <p>Invariant: a task is one of the {@link Members} from before its thread is started until after its code ended; it
 * names its thread before it looks at the context (both volatile), so a cancel either finds the thread or is seen by
 * it.
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
     * A task forked in a group.
     *
     * @param <T> type of the result
     */
    public sealed interface Subtask<T> permits Forked {

        /** How far a subtask has come. */
        enum State {
            /** It has not ended. */
            RUNNING,
            /** It returned a result. */
            SUCCEEDED,
            /** It threw. */
            FAILED,
            /** The group was cancelled before it began, so it never ran. */
            NOT_RUN
        }

        /** The name it was forked under. */
        String name();

        /** How far it has come. */
        State state();

        /**
         * The result.
         *
         * @throws IllegalStateException if the task has not succeeded; call it after {@link TaskGroup#join()} returned
         */
        T get();

        /** What it threw, or null. */
        @Nullable
        Throwable failure();
    }

    /**
     * A task of a group failed. The cause is the first failure; those that came after it are suppressed.
     *
     * <p>Failures that are only the echo of the cancellation (an interrupt, a {@link CancelledException}) are left out.
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

    /** Opens a group whose tasks run under a child of a context, on threads of a launcher. */
    public static TaskGroup open(Context parent, Launcher threads) {
        return new TaskGroup(parent, threads);
    }

    /** 16 random bytes, in the form of a W3C trace id. */
    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /**
     * Lets at most so many tasks run at a time; {@link #fork} then waits for a free place. Call it before the first
     * fork.
     */
    public TaskGroup limit(int tasks) {
        if (!members.isEmpty()) {
            throw new IllegalStateException("set the limit before the first fork");
        }
        slots = new Semaphore(tasks);
        return this;
    }

    /** Logs start, end and failure of each task, with its name and trace id: at DEBUG, failures at WARNING. */
    public TaskGroup logTo(Logger log) {
        logger = log;
        return this;
    }

    /**
     * The context of the tasks: done when the group is cancelled, joined or closed. Carries the
     * {@link Context#TRACE_ID}.
     */
    public Context context() {
        return context;
    }

    /** The trace that the group works for: the parent's, or a new one. */
    public String traceId() {
        return traceId;
    }

    /**
     * Starts a task on a thread of its own. Waits only when a {@link #limit} is set and reached. A task of a group that
     * is cancelled already is not run.
     *
     * @return the task; its result can be had after the join
     * @throws IllegalStateException if the group has been joined or closed, unless one of its own running tasks forks
     * @throws InterruptedException if interrupted while waiting for a free place
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

    /** Cancels the group: its context, and with an interrupt every running task. */
    public void cancel() {
        scope.cancel();
    }

    /**
     * Waits until all tasks have ended. No task can be forked from outside any more. If the caller is interrupted, or
     * the parent is done, the tasks are cancelled.
     *
     * @throws TaskFailedException if a task failed: its cause is the first failure, later ones are suppressed
     * @throws CancelledException if the parent context, or the group itself, was cancelled first; what failed later is
     *     suppressed
     * @throws InterruptedException if the caller was interrupted; {@link #close()} then waits for the tasks' end
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
     * Cancels what still runs and waits for its end. An interrupt of the caller ends that wait; the flag is set again,
     * and tasks that ignored their cancellation are left to the launcher.
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
