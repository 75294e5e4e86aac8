package org.leaklab.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup.TaskFailedException;

class PipelineTest extends PatternTest {

    private static Pipeline<Integer> evenSquares(Iterable<Integer> numbers, int capacity) {
        return Pipeline.from("generate", capacity, Producer.of(numbers))
                .<Integer>map("square", n -> n * n)
                .filter("even", n -> n % 2 == 0);
    }

    @Test
    void keepsTheOrderAndRunsAgain() throws Exception {
        for (int capacity : new int[] {0, 1, 7}) {
            Pipeline<Integer> squares = evenSquares(List.of(1, 2, 3, 4, 5, 6), capacity);
            assertThat(squares.toList(threads, context)).containsExactly(4, 16, 36);
            assertThat(squares.toList(threads, context)).containsExactly(4, 16, 36);
        }
    }

    @Test
    void consumerThatLeavesEarlyEndsAStreamWithoutEnd() throws Exception {
        Integer second = evenSquares(endless(), 0).run(threads, context, in -> {
            in.receive();
            return in.receive();
        });
        assertThat(second).isEqualTo(4);
        assertThat(context.isDone()).as("the parent is untouched").isFalse();
    }

    @Test
    void consumerThatFailsEndsTheStages() {
        assertThatThrownBy(() -> evenSquares(endless(), 1).run(threads, context, in -> {
                    in.receive();
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void failureOfAStageReachesTheConsumerAndEndsTheOthers() {
        List<Integer> received = new ArrayList<>();
        Pipeline<Integer> failing = Pipeline.from("generate", 0, Producer.of(endless()))
                .<Integer>map("fail", n -> {
                    if (n == 3) {
                        throw new Injected();
                    }
                    return n;
                })
                .filter("all", n -> true);
        assertThatThrownBy(() -> failing.run(threads, context, in -> {
                    in.forEach(received::add);
                    return "looks complete";
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(Injected.class)
                .hasMessageContaining("\"fail\"");
        assertThat(List.of(0, 1, 2))
                .as("nothing is received out of order")
                .startsWith(received.toArray(Integer[]::new));
    }

    @Test
    void failureOfTheProducerReachesTheConsumer() {
        Pipeline<Integer> failing = Pipeline.<Integer>from("generate", 4, out -> {
                    out.send(1);
                    throw new Injected();
                })
                .map("same", n -> n);
        assertThatThrownBy(() -> failing.toList(threads, context)).hasCauseInstanceOf(Injected.class);
    }

    @Test
    void stageThatEndsEarlyEndsTheStream() throws Exception {
        Pipeline<Integer> firstTwo = Pipeline.from("generate", 0, Producer.of(endless()))
                .then("first two", (in, out) -> {
                    out.send(in.receive());
                    out.send(in.receive());
                });
        assertThat(firstTwo.toList(threads, context)).containsExactly(0, 1);
    }

    @Test
    void producerIsNeverFurtherAheadThanTheChannelsHold() throws Exception {
        int capacity = 2;
        int joints = 2;
        AtomicInteger made = new AtomicInteger();
        Pipeline<Integer> counted = Pipeline.<Integer>from("generate", capacity, out -> {
                    while (true) {
                        out.send(made.incrementAndGet());
                    }
                })
                .map("same", n -> n);
        int ahead = counted.run(threads, context, in -> {
            int most = 0;
            for (int received = 1; received <= 200; received++) {
                in.receive();
                most = Math.max(most, made.get() - received);
            }
            return most;
        });
        assertThat(ahead).as("full channels, and one in each hand").isLessThanOrEqualTo(joints * (capacity + 1));
    }

    @Test
    void cancelledContextEndsStagesAndConsumer() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        Pipeline<Integer> stuck = Pipeline.from("generate", 0, Producer.of(endless()))
                .<Integer>map("stuck", n -> {
                    blocked.countDown();
                    return never.receive();
                })
                .filter("all", n -> true);
        Call<List<Integer>> call = call(() -> stuck.toList(threads, context));
        await(blocked);
        context.cancel();
        assertThat(call.failure()).isInstanceOf(CancelledException.class);
    }

    @Test
    void interruptedConsumerEndsTheStages() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        Pipeline<Integer> stuck = Pipeline.from("generate", 0, out -> {
            blocked.countDown();
            never.receive();
        });
        Call<List<Integer>> call = call(() -> stuck.toList(threads, context));
        await(blocked);
        call.interrupt();
        assertThat(call.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void consumerThatWaitsUnderTheContextHearsOfAFailure() {
        CountDownLatch waiting = new CountDownLatch(1);
        Pipeline<Integer> failing = Pipeline.from("generate", 0, out -> {
            out.send(1);
            await(waiting);
            throw new Injected();
        });
        assertThatThrownBy(() -> failing.run(threads, context, in -> {
                    in.receive();
                    waiting.countDown();
                    return never.receive(in.context());
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(Injected.class);
    }

    @Test
    void rejectsANegativeCapacity() {
        assertThatThrownBy(() -> Pipeline.from("generate", -1, Producer.of(endless())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConsumerThatRestoresItsInterruptFlagDoesNotLeaveStagesBehind() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean cleanedUp = new AtomicBoolean();
        Call<Boolean> caller = call(() -> {
            Pipeline.<Integer>from("stage", 0, out -> {
                        out.send(1);
                        cleanUp(begun, cleanedUp);
                    })
                    .run(threads, context, in -> {
                        in.receive();
                        await(begun);
                        Thread.currentThread().interrupt();
                        return 0;
                    });
            return cleanedUp.get() && Thread.interrupted();
        });
        assertThat(caller.result()).isTrue();
    }
}
