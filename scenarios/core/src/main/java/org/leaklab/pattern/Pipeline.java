package org.leaklab.pattern;

import java.util.ArrayList;
import java.util.List;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * Pipeline: values go through stages, one after the other. Each stage has a thread of its own.
 *
 * <pre>{@code
 * int first = Pipeline.from("generate", 0, numbers)
 *         .map("square", n -> n * n)
 *         .filter("even", n -> n % 2 == 0)
 *         .run(threads, context, Source::receive);
 * }</pre>
 *
 * <p>A pipeline is an immutable plan. It starts no thread before it is {@linkplain #run run}, and may be run again and
 * again. All stages of a run are under one context. The consumer receives the values on the calling thread. When it
 * returns, or when a stage fails, all stages are cancelled. When a stage returns, the next stage receives the values
 * that are left and then null.
 *
 * <p>Bounds: one thread for each stage, and one value at a time in each, in order. After each stage there is a channel
 * of the given capacity. When a stage or the consumer takes no value, the stages before it fill their channels and then
 * wait.
 *
 * @param <T> type of the values that come out
 */
public final class Pipeline<T> {

    /** Starts the stages up to a point in a group. The values come out of the joint. */
    private interface Plan<T> {
        Joint<T> start(TaskGroup group) throws InterruptedException;
    }

    /**
     * What a stage does with its values, from the first to the last.
     *
     * @param <A> type of the values that come in
     * @param <B> type of the values that go out
     */
    @FunctionalInterface
    public interface Stage<A, B> {
        /**
         * Runs on a thread of its own. When it returns, the next stage learns that no more values come. A failure ends
         * the whole pipeline.
         */
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
     * @param name name of the producer's thread
     * @param capacity how many values each channel between two stages holds; 0 makes the channels unbuffered
     * @throws IllegalArgumentException if the capacity is negative
     */
    public static <T> Pipeline<T> from(String name, int capacity, Producer<T> producer) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a channel's capacity is 0 or more, not " + capacity);
        }
        return new Pipeline<>(capacity, group -> Joint.from(group, capacity, name, producer));
    }

    /**
     * A new pipeline: this one and one more stage.
     *
     * @param name name of the stage's thread
     */
    public <R> Pipeline<R> then(String name, Stage<T, R> stage) {
        return new Pipeline<>(capacity, group -> {
            Joint<T> in = plan.start(group);
            return Joint.from(group, capacity, name, out -> stage.run(in, out));
        });
    }

    /**
     * A new pipeline: this one and a stage that makes one new value from each value.
     *
     * @param name name of the stage's thread
     * @param step never returns null
     */
    public <R> Pipeline<R> map(String name, Step<? super T, ? extends R> step) {
        return then(name, (in, out) -> in.forEach(value -> out.send(step.apply(value))));
    }

    /**
     * A new pipeline: this one and a stage that passes on the values that fulfil the condition.
     *
     * @param name name of the stage's thread
     */
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
     * Starts all stages, and lets the consumer receive on the calling thread. When the consumer returns or throws, this
     * method cancels the stages that still run and waits for their end. Failures after that are dropped.
     *
     * @return what the consumer returned
     * @throws TaskFailedException if a stage failed and the consumer asked for a value after that; the cause is the
     *     first failure
     * @throws CancelledException if the context is done and the consumer asked for a value after that
     * @throws InterruptedException if the current thread is interrupted; the stages are cancelled, and this method
     *     waits for their end
     * @throws X if the consumer throws it
     */
    public <R, X extends Exception> R run(Launcher threads, Context context, Consumer<T, R, X> consumer)
            throws InterruptedException, TaskFailedException, X {
        try (TaskGroup group = TaskGroup.open(context, threads)) {
            return plan.start(group).consume(group, consumer);
        }
    }

    /**
     * {@linkplain #run Runs} to the end and collects all values, in order.
     *
     * @throws TaskFailedException if a stage failed; the cause is the first failure
     * @throws CancelledException if the context is done before the last value has come
     * @throws InterruptedException if the current thread is interrupted; the stages are cancelled, and this method
     *     waits for their end
     */
    public List<T> toList(Launcher threads, Context context) throws InterruptedException, TaskFailedException {
        return run(threads, context, in -> {
            List<T> all = new ArrayList<>();
            in.forEach(all::add);
            return all;
        });
    }
}
