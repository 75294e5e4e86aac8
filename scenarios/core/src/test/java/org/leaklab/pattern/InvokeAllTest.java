package org.leaklab.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.TaskGroup.TaskFailedException;

class InvokeAllTest extends PatternTest {

    @Test
    void givesResultsInTheOrderOfTheTasksThoughTheyEndInReverse() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        List<Work<String>> tasks = List.of(
                scope -> {
                    await(second);
                    return "a";
                },
                scope -> {
                    await(third);
                    second.countDown();
                    return "b";
                },
                scope -> {
                    third.countDown();
                    return "c";
                });
        assertThat(InvokeAll.run(threads, context, tasks)).containsExactly("a", "b", "c");
    }

    @Test
    void takesNoTasksAndNullResults() throws Exception {
        assertThat(InvokeAll.<String>run(threads, context, List.of())).isEmpty();
        assertThat(InvokeAll.<String>run(threads, context, Arrays.asList(scope -> null, scope -> "x")))
                .containsExactly(null, "x");
    }

    @Test
    void firstFailureCancelsTheSiblingsAndIsThrown() {
        CountDownLatch blocked = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Work<Integer> sibling = scope -> {
            blocked.countDown();
            try {
                return never.receive();
            } catch (InterruptedException e) {
                assertThat(scope.isDone()).isTrue();
                interrupted.countDown();
                throw e;
            }
        };
        Work<Integer> failing = scope -> {
            await(blocked);
            throw new Injected();
        };
        assertThatThrownBy(() -> InvokeAll.run(threads, context, List.of(sibling, failing, sibling)))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(Injected.class)
                .hasNoSuppressedExceptions();
        assertThat(interrupted.getCount())
                .as("siblings that had not ended at the return")
                .isZero();
        assertThat(context.isDone()).as("the parent is untouched").isFalse();
    }

    @Test
    void cancelledContextEndsTheTasks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(2);
        Work<Integer> task = scope -> {
            blocked.countDown();
            return never.receive();
        };
        Call<List<Integer>> call = call(() -> InvokeAll.run(threads, context, List.of(task, task)));
        await(blocked);
        context.cancel();
        assertThat(call.failure()).isInstanceOf(CancelledException.class);
    }

    @Test
    void expiredContextEndsTheTasks() {
        try (Context brief = context.withTimeout(Duration.ofMillis(5))) {
            assertThatThrownBy(() -> InvokeAll.run(threads, brief, List.of(scope -> never.receive())))
                    .isInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void interruptedCallerEndsTheTasks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        Call<List<Integer>> call = call(() -> InvokeAll.<Integer>run(threads, context, List.of(scope -> {
            blocked.countDown();
            return never.receive();
        })));
        await(blocked);
        call.interrupt();
        assertThat(call.failure()).isInstanceOf(InterruptedException.class);
    }
}
