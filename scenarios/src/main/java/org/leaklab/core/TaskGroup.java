package org.leaklab.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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
 * <p>Invariants: {@code pending} counts the tasks that have not ended, plus one until the join; a task is in
 * {@code running} from before its code begins until after it ended, and looks at the context after it went in, so a
 * cancel either finds it or is seen by it.
 */
public final class TaskGroup implements AutoCloseable {

    private final Launcher threads;
    private final Context scope;
    private final Context context;
    private final String traceId;
    private final Context.Registration interrupting;
    private final WaitGroup pending = new WaitGroup();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Semaphore slots;
    private volatile @Nullable Logger logger;

    // guarded by the lock
    private boolean joined;
    private boolean succeeded;
    private @Nullable Subtask<?> firstFailed;
    private final List<Throwable> laterFailures = new ArrayList<>();

    private TaskGroup(Context parent, Launcher threads) {
        this.threads = threads;
        this.scope = parent.withCancel();
        String given = parent.value(Context.TRACE_ID);
        this.traceId = given != null ? given : newTraceId();
        this.context = given != null ? scope : scope.withValue(Context.TRACE_ID, traceId);
        pending.add(1);
        this.interrupting = scope.onDone(() -> running.forEach(Thread::interrupt));
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
        if (pending.count() > 1) {
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
        enter(name);
        Subtask<T> subtask = new Subtask<>(name);
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
                leave(admitted ? bound : null);
            }
        }
    }

    /** Counts one more task, unless it is too late for that. */
    private void enter(String name) {
        lock.lock();
        try {
            if (joined && !running.contains(Thread.currentThread())) {
                throw new IllegalStateException(
                        "fork after join: task \"" + name + "\" comes too late, the group is joined or closed");
            }
            pending.add(1);
        } finally {
            lock.unlock();
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

    private <T> void run(Subtask<T> subtask, Callable<? extends T> task, @Nullable Semaphore bound) {
        running.add(Thread.currentThread());
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
            running.remove(Thread.currentThread());
            leave(bound);
        }
    }

    /** Gives back what a task that ended, or never began, held of the group. */
    private void leave(@Nullable Semaphore bound) {
        if (bound != null) {
            bound.release();
        }
        pending.done();
    }

    private void failed(Subtask<?> subtask, Throwable failure) {
        boolean echo =
                scope.isDone() && (failure instanceof InterruptedException || failure instanceof CancellationException);
        log(echo ? Level.DEBUG : Level.WARNING, subtask, echo ? "cancelled" : "failed", failure);
        if (echo) {
            return;
        }
        lock.lock();
        try {
            if (firstFailed == null && !scope.isDone()) {
                firstFailed = subtask;
            } else {
                laterFailures.add(failure);
            }
        } finally {
            lock.unlock();
        }
        scope.cancel(failure);
    }

    private void log(Level level, Subtask<?> subtask, String what, @Nullable Throwable thrown) {
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
        closeEntry();
        try {
            pending.await();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        }
        lock.lock();
        try {
            if (firstFailed != null) {
                throw new TaskFailedException(firstFailed.name(), traceId, firstFailed.failure(), laterFailures);
            }
            if (!succeeded && scope.isDone()) {
                CancelledException cancelled = scope.cancelledException();
                laterFailures.forEach(cancelled::addSuppressed);
                throw cancelled;
            }
            succeeded = true;
        } finally {
            lock.unlock();
        }
        finish();
    }

    /** From now on no task comes in from outside; lets go of the group's own place in the counter, once. */
    private void closeEntry() {
        lock.lock();
        try {
            if (joined) {
                return;
            }
            joined = true;
        } finally {
            lock.unlock();
        }
        pending.done();
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
        closeEntry();
        if (pending.count() > 0) {
            cancel();
            try {
                pending.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        finish();
    }
}
