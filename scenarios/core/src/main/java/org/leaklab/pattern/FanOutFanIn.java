package org.leaklab.pattern;

import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Fan-out, fan-in: several workers take values from one channel, and send their results to another one.
 *
 * <pre>{@code
 * int total = new FanOutFanIn<Path, Integer>(4, Lines::count)
 *         .run(threads, context, Producer.of(files), counts -> {
 *             AtomicInteger sum = new AtomicInteger();
 *             counts.forEach(sum::addAndGet);
 *             return sum.get();
 *         });
 * }</pre>
 *
 * <p>The last worker that ends well closes the channel of the results. A worker that fails does not close it. Its
 * failure cancels the producer and the other workers. The consumer's next receive throws, and {@link #run} throws the
 * failure. So the consumer never takes the results so far for all results.
 *
 * <p>Bounds: one thread for each worker and one for the producer. Both channels are unbuffered. When the consumer takes
 * no result, each worker holds one result, the producer holds one value, and all of them wait. The results come in the
 * order in which they are ready.
 *
 * @param <A> type of the values that go to the workers
 * @param <B> type of the results
 */
public final class FanOutFanIn<A, B> {

    private final int workers;
    private final Step<? super A, ? extends B> step;

    /**
     * A plan: a number of workers that all do the same step. It starts no thread and may be run again and again.
     *
     * @param step never returns null
     * @throws IllegalArgumentException if there is less than 1 worker
     */
    public FanOutFanIn(int workers, Step<? super A, ? extends B> step) {
        if (workers < 1) {
            throw new IllegalArgumentException("a fan-out needs at least 1 worker, not " + workers);
        }
        this.workers = workers;
        this.step = step;
    }

    /**
     * Starts the producer and the workers, and lets the consumer receive on the calling thread. When the consumer
     * returns or throws, this method cancels the threads that still run and waits for their end. Failures after that
     * are dropped.
     *
     * @return what the consumer returned
     * @throws TaskFailedException if the producer or a worker failed and the consumer asked for a result after that;
     *     the cause is the first failure
     * @throws CancelledException if the context is done and the consumer asked for a result after that
     * @throws InterruptedException if the current thread is interrupted; the producer and the workers are cancelled,
     *     and this method waits for their end
     * @throws X if the consumer throws it
     */
    public <R, X extends Exception> R run(
            Launcher threads, Context context, Producer<A> producer, Consumer<B, R, X> consumer)
            throws InterruptedException, TaskFailedException, X {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            Joint<A> values = Joint.from(group, 0, "producer", producer);
            Joint<B> results = Joint.in(group, 0);
            AtomicInteger working = new AtomicInteger(workers);
            for (int worker = 0; worker < workers; worker++) {
                group.fork("worker-" + worker, () -> {
                    values.forEach(value -> results.send(step.apply(value)));
                    if (working.decrementAndGet() == 0) {
                        results.channel().close();
                    }
                    return results;
                });
            }
            return results.consume(group, consumer);
        }
    }
}
