package org.leaklab.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup.TaskFailedException;

class FanOutFanInTest extends PatternTest {

    private static final int WORKERS = 3;

    private static List<Integer> collect(Source<Integer> in) throws InterruptedException {
        List<Integer> all = new ArrayList<>();
        in.forEach(all::add);
        return all;
    }

    @Test
    void mergesEachResultOnceWithAllWorkersAtWork() throws Exception {
        CountDownLatch all = new CountDownLatch(WORKERS);
        Step<Integer, Integer> step = n -> {
            all.countDown();
            await(all); // the first three meet
            return n;
        };
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        List<Integer> results =
                new FanOutFanIn<>(WORKERS, step).run(threads, context, Producer.of(numbers), FanOutFanInTest::collect);
        assertThat(results).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void endsWithoutValues() throws Exception {
        FanOutFanIn<Integer, Integer> idle = new FanOutFanIn<>(WORKERS, n -> n);
        assertThat(idle.run(threads, context, Producer.of(List.of()), FanOutFanInTest::collect))
                .isEmpty();
    }

    @Test
    void failureOfAWorkerCancelsTheRestAndReachesTheConsumer() {
        CountDownLatch blocked = new CountDownLatch(WORKERS - 1);
        Step<Integer, Integer> step = n -> {
            if (n == 0) {
                await(blocked);
                throw new Injected();
            }
            blocked.countDown();
            return never.receive();
        };
        assertThatThrownBy(() -> new FanOutFanIn<>(WORKERS, step)
                        .run(threads, context, Producer.of(endless()), FanOutFanInTest::collect))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void failureOfAWorkerIsNotTakenForTheEnd() {
        Step<Integer, Integer> step = n -> {
            if (n == 2) {
                throw new Injected();
            }
            return n;
        };
        FanOutFanIn<Integer, Integer> failing = new FanOutFanIn<>(1, step);
        assertThatThrownBy(() -> failing.run(threads, context, Producer.of(List.of(0, 1, 2)), FanOutFanInTest::collect))
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void failureOfTheProducerReachesTheConsumer() {
        FanOutFanIn<Integer, Integer> plain = new FanOutFanIn<>(WORKERS, n -> n);
        Producer<Integer> failing = out -> {
            out.send(1);
            throw new Injected();
        };
        assertThatThrownBy(() -> plain.run(threads, context, failing, FanOutFanInTest::collect))
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void consumerThatLeavesEarlyEndsAll() throws Exception {
        FanOutFanIn<Integer, Integer> plain = new FanOutFanIn<>(WORKERS, n -> n);
        Integer first = plain.run(threads, context, Producer.of(endless()), Source::receive);
        assertThat(first).isBetween(0, WORKERS - 1);
    }

    @Test
    void cancelledContextEndsAll() throws Exception {
        CountDownLatch blocked = new CountDownLatch(WORKERS);
        FanOutFanIn<Integer, Integer> stuck = new FanOutFanIn<>(WORKERS, n -> {
            blocked.countDown();
            return never.receive();
        });
        Call<List<Integer>> call =
                call(() -> stuck.run(threads, context, Producer.of(endless()), FanOutFanInTest::collect));
        await(blocked);
        context.cancel();
        assertThat(call.failure()).isInstanceOf(CancelledException.class);
    }

    @Test
    void rejectsAFanOutWithoutWorkers() {
        assertThatThrownBy(() -> new FanOutFanIn<>(0, n -> n)).isInstanceOf(IllegalArgumentException.class);
    }
}
