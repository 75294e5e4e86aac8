package org.leaklab.pattern;

import java.util.concurrent.CancellationException;
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
 * <p>A task that fails does not harm its worker: the failure waits in the task's {@link Handle}. {@link #drain()} lets
 * the workers finish what was submitted; {@link #close()} without it cancels that. Either way all workers have ended
 * when the block is left, and nobody is left waiting for a task that will never run.
 *
 * <p>Bounds: as many threads as workers, as many tasks waiting as the queue holds; then {@link #submit} waits. So a
 * task must not submit to its own pool: when all workers did so with the queue full, all would wait for each other.
 *
 * <p>Safe for use by any number of threads.
 */
public final class WorkerPool implements AutoCloseable {

    private final TaskGroup group;
    private final Channel<Handle<?>> queue;
    private final AtomicBoolean shut = new AtomicBoolean();

    private WorkerPool(TaskGroup group, int queued) {
        this.group = group;
        this.queue = Channel.buffered(queued);
    }

    /**
     * Starts the workers.
     *
     * @param workers how many tasks run at a time, at least 1
     * @param queued how many tasks may wait beside those that run; with 0 a task is handed to a free worker
     * @throws InterruptedException if interrupted before all workers are started; none is left then
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
        for (Handle<?> next; (next = queue.receive(group.context())) != null; ) {
            next.run();
            Thread.interrupted(); // of a task, not of the worker: a cancelled worker finds its context done
        }
        return true;
    }

    /**
     * Submits a task. Waits while the queue is full.
     *
     * @return where its result will be
     * @throws RejectedExecutionException if the pool is drained or closed, or gets so while this waits
     * @throws CancelledException if the context is done
     * @throws InterruptedException if interrupted first; then it was not submitted
     */
    public <T> Handle<T> submit(Work<? extends T> task) throws InterruptedException {
        Handle<T> handle = new Handle<>(task, group.context());
        try {
            if (!shut.get()) {
                queue.send(group.context(), handle);
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
     * Takes no more tasks, and waits until all that were submitted have ended, well or not. Whoever waits to submit is
     * rejected.
     *
     * @throws CancelledException if the context is done, or the pool closed, before that
     * @throws InterruptedException if interrupted; the pool is then cancelled
     */
    public void drain() throws InterruptedException {
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
     * Takes no more tasks, cancels those that are queued or run, and waits for the end of all workers. Does nothing
     * that can be seen after {@link #drain()}. An interrupt ends the wait; the flag is then set again.
     */
    @Override
    public void close() {
        shut.set(true);
        group.close();
    }

    /**
     * A submitted task, and its result once there is one.
     *
     * <p>Memory: the outcome is written before {@code pending} is counted down, and read after that.
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

        /** Whether the task has returned or failed by itself. */
        public boolean isDone() {
            return pending.count() == 0;
        }

        /**
         * Waits for the result.
         *
         * @throws ExecutionException if the task failed: the cause is its failure
         * @throws CancelledException if the pool was closed, or its context done, before the task has ended
         * @throws InterruptedException if interrupted first
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
                throw new ExecutionException("task failed: " + failure, failure);
            }
            return result;
        }
    }
}
