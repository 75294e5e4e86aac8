package org.leaklab.pattern;

import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Fan-out, fan-in: several workers take from one channel, and their results are merged into another.
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
 * <p>The last worker that ends well closes the merged channel. One that fails does not count as ended: it cancels the
 * producer and the other workers, and the consumer gets its error, never a result that looks complete.
 *
 * <p>Bounds: a thread a worker and one for the producer; both channels pass hand to hand. When the consumer stands
 * still, each worker holds one result, the producer one value, and all wait. The order of the results is that in which
 * they are ready.
 *
 * @param <A> type of the values that are distributed
 * @param <B> type of the results
 */
public final class FanOutFanIn<A, B> {

    private final int workers;
    private final Step<? super A, ? extends B> step;

    /** A plan with so many workers that each do this step; starts nothing, and may be run again and again. */
    public FanOutFanIn(int workers, Step<? super A, ? extends B> step) {
        if (workers < 1) {
            throw new IllegalArgumentException("a fan-out needs at least 1 worker, not " + workers);
        }
        this.workers = workers;
        this.step = step;
    }

    /**
     * Starts the producer and the workers, lets the consumer receive on the calling thread, and when it returns or
     * throws, cancels what still runs and waits for its end. Failures after the consumer has left are dropped.
     *
     * @return what the consumer returned
     * @throws TaskFailedException if the producer or a worker failed before the consumer had left: the cause is the
     *     first failure
     * @throws CancelledException if the context is done while the consumer waits for a result
     * @throws InterruptedException if the caller is interrupted; producer and workers are cancelled and waited for
     * @throws X what the consumer throws
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
