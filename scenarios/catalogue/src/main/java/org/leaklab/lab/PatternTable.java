package org.leaklab.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.pattern.BoundedConcurrency;
import org.leaklab.pattern.Consumer;
import org.leaklab.pattern.FanOutFanIn;
import org.leaklab.pattern.InvokeAll;
import org.leaklab.pattern.Pipeline;
import org.leaklab.pattern.Producer;
import org.leaklab.pattern.Step;
import org.leaklab.pattern.Work;
import org.leaklab.pattern.WorkerPool;

/**
 * Finds out what the five patterns promise. It runs them, and observes each property in a run of its own.
 *
 * <p>Only the observer opens the gates at which tasks wait. A "yes" means that the observer saw the event. A "no" means
 * that the event had not come when every thread of the run stood still and waited without a timeout. Then the event can
 * never come.
 */
public final class PatternTable {

    /** How many tasks try to run at once. */
    static final int TASKS = 32;

    /** The bound, and number of workers, of the patterns that take one. */
    static final int BOUND = 4;

    /** The five, by the ids that their scenarios have. */
    static final SequencedMap<String, Subject> SUBJECTS = subjects();

    /**
     * A pattern, as the table sees it. It puts all items through itself, does the load's work on each item, on a thread
     * that it chooses, and lets the load take each result.
     */
    @FunctionalInterface
    interface Subject {
        /** Runs the pattern; returns the results in the order in which it gives them. */
        List<Integer> run(Launcher threads, Context context, Load load) throws Exception;
    }

    /**
     * What goes through a pattern.
     *
     * @param items the pattern asks for the next item when it wants one
     * @param work what a task does; in a pipeline, what each stage does
     * @param take what happens to each result at the end: the consumer does it, or the task itself if there is no
     *     consumer
     */
    record Load(Iterable<Integer> items, Step<Integer, Integer> work, Step<Integer, Integer> take) {

        private Work<Integer> task(Integer item) {
            return context -> take.apply(work.apply(item));
        }

        private Iterable<Work<Integer>> tasks() {
            return () -> StreamSupport.stream(items.spliterator(), false)
                    .map(this::task)
                    .iterator();
        }

        private Consumer<Integer, List<Integer>, Exception> consumer() {
            return in -> {
                List<Integer> results = new ArrayList<>();
                in.forEach(result -> results.add(take.apply(result)));
                return results;
            };
        }
    }

    private static final class Injected extends Exception {}

    private final ThreadKind kind;

    PatternTable(ThreadKind kind) {
        this.kind = kind;
    }

    /**
     * Runs all five patterns on threads of a kind. It takes a few seconds.
     *
     * @return one row for each pattern, always in the same order
     * @throws InterruptedException if the current thread is interrupted; all threads are ended before
     * @throws IllegalStateException if a run neither ends nor stands still within ten seconds, or if its threads do not
     *     end
     */
    public static List<PatternProperties> run(ThreadKind kind) throws InterruptedException {
        PatternTable table = new PatternTable(kind);
        List<PatternProperties> rows = new ArrayList<>();
        for (Map.Entry<String, Subject> pattern : SUBJECTS.entrySet()) {
            rows.add(table.observe(pattern.getKey(), pattern.getValue()));
        }
        return rows;
    }

    private static SequencedMap<String, Subject> subjects() {
        SequencedMap<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put("task-group", PatternTable::invokeAll);
        subjects.put("bounded-concurrency", PatternTable::boundedConcurrency);
        subjects.put("pipeline", PatternTable::pipeline);
        subjects.put("fan-out-fan-in", PatternTable::fanOutFanIn);
        subjects.put("worker-pool", PatternTable::workerPool);
        return subjects;
    }

    private static List<Integer> invokeAll(Launcher threads, Context context, Load load) throws Exception {
        return InvokeAll.run(threads, context, load.tasks());
    }

    private static List<Integer> boundedConcurrency(Launcher threads, Context context, Load load) throws Exception {
        return BoundedConcurrency.run(threads, context, BOUND, load.tasks());
    }

    /** Two stages behind the generator. */
    private static List<Integer> pipeline(Launcher threads, Context context, Load load) throws Exception {
        return Pipeline.from("generate", 1, Producer.of(load.items()))
                .map("square", load.work())
                .filter("filter", item -> load.work().apply(item) >= 0)
                .run(threads, context, load.consumer());
    }

    private static List<Integer> fanOutFanIn(Launcher threads, Context context, Load load) throws Exception {
        return new FanOutFanIn<>(BOUND, load.work()).run(threads, context, Producer.of(load.items()), load.consumer());
    }

    private static List<Integer> workerPool(Launcher threads, Context context, Load load) throws Exception {
        try (WorkerPool pool = WorkerPool.open(threads, context, BOUND, 1)) {
            List<WorkerPool.Handle<Integer>> handles = new ArrayList<>();
            for (Work<Integer> task : load.tasks()) {
                handles.add(pool.submit(task));
            }
            List<Integer> results = new ArrayList<>();
            for (WorkerPool.Handle<Integer> handle : handles) {
                results.add(handle.get());
            }
            return results;
        }
    }

    PatternProperties observe(String pattern, Subject subject) throws InterruptedException {
        int maxConcurrent = maxConcurrent(subject);
        boolean errors = propagatesErrors(subject);
        boolean cancellation = propagatesCancellation(subject);
        boolean backpressure = holdsBack(subject);
        boolean ordered = keepsOrder(subject, Math.max(2, maxConcurrent));
        return new PatternProperties(pattern, maxConcurrent, TASKS, errors, cancellation, backpressure, ordered);
    }

    /**
     * Holds every task. When all threads stand still, lets the task pass that has waited longest: in a pipeline that
     * makes room for the next one. Goes on while that brings more tasks together.
     */
    private int maxConcurrent(Subject subject) throws InterruptedException {
        Channel<Boolean> pass = Channel.unbuffered();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Step<Integer, Integer> work = item -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                pass.receive();
                return item;
            } finally {
                running.decrementAndGet();
            }
        };
        try (PatternRun run = start(subject, TASKS, work, item -> item)) {
            boolean all = run.until(() -> most.get() == TASKS);
            int before = 0;
            while (!all && most.get() > before) {
                before = most.get();
                pass.trySend(true);
                all = run.until(() -> most.get() == TASKS);
            }
            pass.close();
            run.until(run::hasReturned);
            return most.get();
        }
    }

    private boolean propagatesErrors(Subject subject) throws InterruptedException {
        Step<Integer, Integer> work = item -> {
            if (item == 0) {
                throw new Injected();
            }
            return item;
        };
        try (PatternRun run = start(subject, TASKS, work, item -> item)) {
            return run.until(run::hasReturned) && run.failedWith(Injected.class);
        }
    }

    private boolean propagatesCancellation(Subject subject) throws InterruptedException {
        Channel<Integer> never = Channel.unbuffered();
        try (PatternRun run = start(subject, TASKS, item -> never.receive(), item -> item)) {
            run.untilStill();
            run.context().cancel();
            return run.until(() -> run.live() == 0);
        }
    }

    private boolean holdsBack(Subject subject) throws InterruptedException {
        Channel<Integer> never = Channel.unbuffered();
        try (PatternRun run = start(subject, TASKS, item -> item, item -> never.receive())) {
            return !run.until(() -> run.drawn() == TASKS);
        }
    }

    /**
     * Lets tasks end in reverse order. Each task ends only when the result of the task after it is taken, or cannot be
     * taken.
     */
    private boolean keepsOrder(Subject subject, int tasks) throws InterruptedException {
        List<CountDownLatch> gates =
                IntStream.range(0, tasks).mapToObj(i -> new CountDownLatch(1)).toList();
        Queue<Integer> taken = new ConcurrentLinkedQueue<>();
        Step<Integer, Integer> work = item -> {
            gates.get(item).await();
            return item;
        };
        Step<Integer, Integer> take = item -> {
            taken.add(item);
            return item;
        };
        try (PatternRun run = start(subject, tasks, work, take)) {
            for (int item = tasks - 1; item >= 0; item--) {
                int last = item;
                gates.get(item).countDown();
                run.until(() -> taken.contains(last));
            }
            run.until(run::hasReturned);
            return run.results().equals(IntStream.range(0, tasks).boxed().toList());
        }
    }

    private PatternRun start(Subject subject, int items, Step<Integer, Integer> work, Step<Integer, Integer> take) {
        return new PatternRun(kind, subject, items, work, take);
    }
}
