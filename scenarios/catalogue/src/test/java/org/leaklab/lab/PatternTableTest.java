package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.WaitGroup;
import org.leaklab.pattern.InvokeAll;
import org.leaklab.pattern.Pipeline;
import org.leaklab.pattern.Producer;
import org.leaklab.pattern.Work;

/** The table says what the patterns do, and would say so if they did otherwise. */
@Tag("once")
class PatternTableTest {

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void fivePatternsAreAsDescribed(ThreadKind kind) throws InterruptedException {
        assertThat(PatternTable.run(kind))
                .containsExactly(
                        new PatternProperties("task-group", 32, 32, true, true, false, true),
                        new PatternProperties("bounded-concurrency", 4, 32, true, true, true, true),
                        new PatternProperties("pipeline", 2, 32, true, true, true, true),
                        new PatternProperties("fan-out-fan-in", 4, 32, true, true, true, false),
                        new PatternProperties("worker-pool", 4, 32, true, true, true, true))
                .extracting(PatternProperties::bound)
                .containsExactly("unbounded", "4", "2", "4", "4");
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void boundThatIsNotKeptIsSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject fiveForFour = (threads, context, load) -> {
            List<Integer> results = new ArrayList<>();
            List<Work<Integer>> chunk = new ArrayList<>();
            for (Integer item : load.items()) {
                chunk.add(scope -> load.take().apply(load.work().apply(item)));
                if (chunk.size() == PatternTable.BOUND + 1) { // off by one
                    results.addAll(InvokeAll.run(threads, context, chunk));
                    chunk.clear();
                }
            }
            results.addAll(InvokeAll.run(threads, context, chunk));
            return results;
        };
        assertThat(observe(kind, fiveForFour).maxConcurrent()).isEqualTo(PatternTable.BOUND + 1);
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void swallowedErrorIsSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject swallowing = (threads, context, load) -> {
            try {
                return InvokeAll.run(threads, context, tasks(load));
            } catch (ExecutionException e) {
                return List.of();
            }
        };
        PatternProperties seen = observe(kind, swallowing);
        assertThat(seen.errorsPropagate()).isFalse();
        assertThat(seen.cancellationPropagates()).isTrue();
    }

    /** A worker that dies without a word, as in the leaky fan-out: the caller waits for ever. */
    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void errorThatLeavesTheCallerStuckIsSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject dying = (threads, context, load) -> {
            WaitGroup working = new WaitGroup();
            for (Work<Integer> task : tasks(load)) {
                working.add(1);
                threads.start("worker", () -> {
                    try {
                        task.run(context);
                        working.done();
                    } catch (Exception e) {
                        // dies, and is not done
                    }
                });
            }
            working.await();
            return List.of();
        };
        assertThat(observe(kind, dying).errorsPropagate()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void tasksOnTheBackgroundContextAreSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject detached =
                (threads, context, load) -> InvokeAll.run(threads, Context.background(), tasks(load));
        PatternProperties seen = observe(kind, detached);
        assertThat(seen.cancellationPropagates()).isFalse();
        assertThat(seen.errorsPropagate()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void unboundedQueueIsSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject flooding =
                (threads, context, load) -> Pipeline.from("generate", PatternTable.TASKS, Producer.of(load.items()))
                        .map("work", load.work())
                        .<Integer>map("take", load.take())
                        .toList(threads, context);
        assertThat(observe(kind, flooding).backpressure()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void resultsInTheOrderOfTheirEndAreSeen(ThreadKind kind) throws InterruptedException {
        PatternTable.Subject asTheyEnd = (threads, context, load) -> {
            Channel<Integer> ended = Channel.buffered(PatternTable.TASKS);
            List<Work<Boolean>> tasks = new ArrayList<>();
            for (Integer item : load.items()) {
                tasks.add(scope -> {
                    Integer result = load.work().apply(item);
                    ended.send(result);
                    load.take().apply(result);
                    return true;
                });
            }
            InvokeAll.run(threads, context, tasks);
            ended.close();
            List<Integer> results = new ArrayList<>();
            ended.forEach(results::add);
            return results;
        };
        assertThat(observe(kind, asTheyEnd).ordered()).isFalse();
    }

    private static PatternProperties observe(ThreadKind kind, PatternTable.Subject subject)
            throws InterruptedException {
        return new PatternTable(kind).observe("broken", subject);
    }

    private static List<Work<Integer>> tasks(PatternTable.Load load) {
        List<Work<Integer>> tasks = new ArrayList<>();
        for (Integer item : load.items()) {
            tasks.add(scope -> load.take().apply(load.work().apply(item)));
        }
        return tasks;
    }
}
