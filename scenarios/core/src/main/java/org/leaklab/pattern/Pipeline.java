package org.leaklab.pattern;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Pipeline: values go through stages, one after the other, each stage on a thread of its own.
 *
 * <pre>{@code
 * int first = Pipeline.from("generate", 0, numbers)
 *         .map("square", n -> n * n)
 *         .filter("even", n -> n % 2 == 0)
 *         .run(threads, context, Source::receive);
 * }</pre>
 *
 * <p>A pipeline is a plan, immutable, and starts nothing before it is {@linkplain #run run}; it may be run again. All
 * stages of a run are under one context, and the consumer, on the caller's thread, holds the other end: whichever of
 * them leaves first, all end. A stage whose values have ended closes the channel to the next one.
 *
 * <p>Bounds: one thread a stage, one value at a time in each, in order; a channel of the given capacity after each
 * stage. When a stage or the consumer stands still, those before it fill their channels and then wait.
 *
 * @param <T> type of the values that come out
 */
public final class Pipeline<T> {

    /** Starts all stages up to some point in a group; the joint is where the values come out. */
    private interface Plan<T> {
        Joint<T> start(TaskGroup group) throws InterruptedException;
    }

    /**
     * What a stage does, from its first value to its last.
     *
     * @param <A> type of what comes in
     * @param <B> type of what goes out
     */
    @FunctionalInterface
    public interface Stage<A, B> {
        /** Runs on a thread of its own; its return tells the next stage that no more values come. */
        void run(Source<A> in, Sink<B> out) throws Exception;
    }

    private final int capacity;
    private final Plan<T> plan;

    private Pipeline(int capacity, Plan<T> plan) {
        this.capacity = capacity;
        this.plan = plan;
    }

    /**
     * A pipeline that begins with a producer.
     *
     * @param capacity how many values each channel between two stages holds; 0 makes them meet hand to hand
     */
    public static <T> Pipeline<T> from(String name, int capacity, Producer<T> producer) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a channel's capacity is 0 or more, not " + capacity);
        }
        return new Pipeline<>(capacity, group -> Joint.from(group, capacity, name, producer));
    }

    /** This pipeline and one more stage. */
    public <R> Pipeline<R> then(String name, Stage<T, R> stage) {
        return new Pipeline<>(capacity, group -> {
            Joint<T> in = plan.start(group);
            return Joint.from(group, capacity, name, out -> stage.run(in, out));
        });
    }

    /** This pipeline and a stage that makes one value of each. */
    public <R> Pipeline<R> map(String name, Step<? super T, ? extends R> step) {
        return then(name, (in, out) -> in.forEach(value -> out.send(step.apply(value))));
    }

    /** This pipeline and a stage that lets through some values. */
    public Pipeline<T> filter(String name, Step<? super T, Boolean> condition) {
        return then(
                name,
                (in, out) -> in.forEach(value -> {
                    if (condition.apply(value)) {
                        out.send(value);
                    }
                }));
    }

    /**
     * Starts all stages, lets the consumer receive on the calling thread, and when it returns or throws, cancels the
     * stages that still run and waits for their end. What they do after the consumer has left is nobody's concern any
     * more: their failures then are dropped.
     *
     * @return what the consumer returned
     * @throws TaskFailedException if a stage failed before the consumer had left: the cause is the first failure
     * @throws CancelledException if the context is done while the consumer waits for a value
     * @throws InterruptedException if the caller is interrupted; the stages are cancelled and waited for
     * @throws X what the consumer throws
     */
    public <R, X extends Exception> R run(Launcher threads, Context context, Consumer<T, R, X> consumer)
            throws InterruptedException, TaskFailedException, X {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            return plan.start(group).consume(group, consumer);
        }
    }

    /**
     * {@link #run Runs} to the end and collects all values, in order.
     *
     * @throws TaskFailedException if a stage failed: the cause is the first failure
     * @throws CancelledException if the context is done before the last value has come
     * @throws InterruptedException if the caller is interrupted; the stages are cancelled and waited for
     */
    public List<T> toList(Launcher threads, Context context) throws InterruptedException, TaskFailedException {
        return run(threads, context, in -> {
            List<T> all = new ArrayList<>();
            in.forEach(all::add);
            return all;
        });
    }
}
