package org.leaklab.pattern;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.core.WaitGroup;
import org.leaklab.core.text.Printable;

/**
 * Worker pool: a fixed number of threads that take tasks from a bounded queue.
 *
 * <pre>{@code
 * try (WorkerPool pool = WorkerPool.open(threads, context, 4, 16)) {
 *     var small = pool.submit(scope -> thumbnail(image, 64));
 *     var large = pool.submit(scope -> thumbnail(image, 512));
 *     return new Thumbnails(small.get(), large.get());
 * }
 * }</pre>
 *
 * <p>A task that fails does not harm its worker: {@link Handle#get} throws the failure. {@link #drain()} lets the
 * workers finish the submitted tasks. {@link #close()} without a drain cancels them. In both cases all workers have
 * ended when the block is left, also after an interrupt. No thread goes on waiting for a task that will never run.
 *
 * <p>Bounds: there are as many threads as workers, and as many tasks can wait as the queue holds. When the queue is
 * full, {@link #submit} waits. A task of the pool never waits there, because all workers might do so and wait for each
 * other without end: its submit to a full queue is rejected. For the same reason a task should not wait for the result
 * of another task of its own pool.
 *
 * <p>Safe for use by any number of threads.
 */
public final class WorkerPool implements AutoCloseable {

    private final TaskGroup group;
    private final Channel<Handle<?>> queue;
    private final AtomicBoolean shut = new AtomicBoolean();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

    private WorkerPool(TaskGroup group, int queued) {
        this.group = group;
        this.queue = Channel.buffered(queued);
    }

    /**
     * Starts the workers, and returns while they run.
     *
     * @param context when it is done, the pool is cancelled
     * @param workers how many tasks run at a time, at least 1
     * @param queued how many tasks may wait beside those that run; with 0, a submit waits for a free worker
     * @throws IllegalArgumentException if there is less than 1 worker or the queue is negative
     * @throws InterruptedException if the current thread is interrupted before all workers are started; those that were
     *     started are cancelled
     */
    public static WorkerPool open(Launcher threads, Context context, int workers, int queued)
            throws InterruptedException {
        if (workers < 1 || queued < 0) {
            throw new IllegalArgumentException("a pool needs at least 1 worker and a queue of 0 or more places, not "
                    + workers + " and " + queued);
        }
        WorkerPool pool = new WorkerPool(TaskGroup.open(context, threads), queued);
        boolean started = false;
        try {
            for (int worker = 0; worker < workers; worker++) {
                pool.group.fork("worker-" + worker, pool::work);
            }
            started = true;
            return pool;
        } finally {
            if (!started) {
                pool.close();
            }
        }
    }

    private boolean work() throws InterruptedException {
        workers.add(Thread.currentThread());
        for (Handle<?> next; (next = queue.receive(group.context())) != null; ) {
            next.run();
            Thread.interrupted(); // of a task, not of the worker: a cancelled worker finds its context done
        }
        return true;
    }

    /**
     * Submits a task. Waits while the queue is full, unless the pool is drained or closed, its context is done, or the
     * current thread is interrupted.
     *
     * @return a handle, which will have the result
     * @throws RejectedExecutionException if the pool is drained or closed before the task is in the queue; or if a task
     *     of the pool itself submits while the queue is full
     * @throws CancelledException if the context is done before the task is in the queue
     * @throws InterruptedException if the current thread is interrupted first; the task is not submitted
     */
    public <T> Handle<T> submit(Work<? extends T> task) throws InterruptedException {
        Handle<T> handle = new Handle<>(task, group.context());
        try {
            if (!shut.get()) {
                if (!workers.contains(Thread.currentThread())) {
                    queue.send(group.context(), handle);
                } else {
                    group.context().throwIfDone();
                    if (!queue.trySend(handle)) {
                        throw new RejectedExecutionException("submit by a task of the pool itself while its queue of "
                                + queue.capacity() + " is full: its worker might wait for itself");
                    }
                }
                return handle;
            }
        } catch (ClosedException | CancelledException e) {
            if (!shut.get()) {
                throw e;
            }
        }
        throw new RejectedExecutionException("submit after close: the worker pool takes no more tasks");
    }

    /**
     * Takes no more tasks, and waits until all submitted tasks have ended, well or not. A thread that waits in
     * {@link #submit} gets a {@link RejectedExecutionException}. A task of the pool cannot call this method.
     *
     * @throws IllegalStateException if the current thread is a worker of this pool: it would wait for itself
     * @throws CancelledException if the context is done, or the pool is closed, before all submitted tasks have ended
     * @throws InterruptedException if the current thread is interrupted; the pool is cancelled then
     */
    public void drain() throws InterruptedException {
        if (workers.contains(Thread.currentThread())) {
            throw new IllegalStateException("drain by a task of the pool itself: it would wait for its own end");
        }
        if (shut.compareAndSet(false, true)) {
            queue.close();
        }
        try {
            group.join();
        } catch (TaskFailedException e) { // a worker was interrupted from outside, which cancels the rest
            group.context().throwIfDone();
        }
    }

    /**
     * Takes no more tasks, cancels the tasks that wait or run, and waits until all workers have ended. Has no effect
     * after a {@link #drain()} that returned. An interrupt of the current thread does not end the wait; the interrupt
     * flag is set again afterwards.
     */
    @Override
    public void close() {
        shut.set(true);
        group.close();
    }

    /**
     * A submitted task, and its result when it has ended. Safe for use by any number of threads.
     *
     * <p>Memory: the worker writes the outcome before it counts {@code pending} down, and a caller reads the outcome
     * after that.
     *
     * @param <T> type of the result
     */
    public static final class Handle<T> {

        private final Work<? extends T> task;
        private final Context scope;
        private final WaitGroup pending = new WaitGroup();
        private @Nullable T result;
        private @Nullable Throwable failure;

        private Handle(Work<? extends T> task, Context scope) {
            this.task = task;
            this.scope = scope;
            pending.add(1);
        }

        private void run() {
            try {
                result = task.run(scope);
            } catch (Throwable thrown) { // whatever it is, it belongs to the one who submitted the task
                if (scope.isDone()
                        && (thrown instanceof InterruptedException || thrown instanceof CancellationException)) {
                    return; // the echo of the cancellation, which whoever waits hears from the context
                }
                failure = thrown;
            }
            pending.done();
        }

        /**
         * Whether the task has ended by itself, well or with a failure. A task that was cancelled is never done. Never
         * waits.
         */
        public boolean isDone() {
            return pending.count() == 0;
        }

        /**
         * Waits until the task has ended, and returns its result.
         *
         * @throws ExecutionException if the task failed: the cause is its failure
         * @throws CancelledException if the pool is closed, or its context is done, before the task has ended
         * @throws InterruptedException if the current thread is interrupted first
         */
        public T get() throws InterruptedException, ExecutionException {
            try {
                pending.await(scope);
            } catch (CancelledException e) {
                if (!isDone()) {
                    throw e;
                }
            }
            if (failure != null) {
                throw new ExecutionException("task failed: " + Printable.textOf(failure), failure);
            }
            return result;
        }
    }
}
