package org.leaklab.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup.TaskFailedException;

class BoundedConcurrencyTest extends PatternTest {

    @Test
    void runsAsManyTasksAtATimeAsTheBoundAndGivesResultsInOrder() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Work<Integer>> tasks = IntStream.range(0, 50)
                .<Work<Integer>>mapToObj(n -> scope -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    all.countDown();
                    await(all); // the first three meet
                    running.decrementAndGet();
                    return n;
                })
                .toList();
        assertThat(BoundedConcurrency.run(threads, context, 3, tasks))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(most).hasValue(3);
    }

    @Test
    void drawsTheNextTaskOnlyWhenThereIsNearlyRoomForIt() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger ahead = new AtomicInteger();
        Iterable<Work<Integer>> tasks = () -> IntStream.range(0, 50)
                .<Work<Integer>>mapToObj(n -> {
                    ahead.accumulateAndGet(n + 1 - ended.get(), Math::max);
                    return scope -> ended.incrementAndGet();
                })
                .iterator();
        BoundedConcurrency.run(threads, context, 3, tasks);
        assertThat(ahead.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void failureEndsATaskSourceWithoutEndAndGivesAllPlacesBack() {
        Iterable<Work<Integer>> tasks = () -> StreamSupport.stream(endless().spliterator(), false)
                .<Work<Integer>>map(n -> scope -> {
                    if (n == 10) {
                        throw new Injected();
                    }
                    return n;
                })
                .iterator();
        assertThatThrownBy(() -> BoundedConcurrency.run(threads, context, 2, tasks))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void failureCancelsTasksThatRunAndTheCallerThatWaitsForAPlace() {
        CountDownLatch blocked = new CountDownLatch(1);
        Work<Integer> sibling = scope -> {
            blocked.countDown();
            return never.receive();
        };
        Work<Integer> failing = scope -> {
            await(blocked);
            throw new Injected();
        };
        assertThatThrownBy(
                        () -> BoundedConcurrency.run(threads, context, 2, List.of(sibling, failing, sibling, sibling)))
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void cancelledContextEndsTheTasksAndTheWaitForAPlace() throws Exception {
        CountDownLatch blocked = new CountDownLatch(2);
        Work<Integer> task = scope -> {
            blocked.countDown();
            return never.receive();
        };
        Call<List<Integer>> call =
                call(() -> BoundedConcurrency.run(threads, context, 2, Collections.nCopies(5, task)));
        await(blocked);
        context.cancel();
        assertThat(call.failure()).isInstanceOf(CancelledException.class);
    }

    @Test
    void interruptedCallerEndsTheTasks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(2);
        Work<Integer> task = scope -> {
            blocked.countDown();
            return never.receive();
        };
        Call<List<Integer>> call =
                call(() -> BoundedConcurrency.run(threads, context, 2, Collections.nCopies(5, task)));
        await(blocked);
        call.interrupt();
        assertThat(call.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void rejectsABoundBelowOne() {
        assertThatThrownBy(() -> BoundedConcurrency.run(threads, context, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
