package org.leaklab.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher;
import org.leaklab.core.Launcher.ThreadLimitException;

class WorkerPoolTest extends PatternTest {

    @Test
    void runsTasksOnItsWorkersAllAtATime() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (WorkerPool pool = WorkerPool.open(threads, context, 3, 2)) {
            List<WorkerPool.Handle<Integer>> handles = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int n = i;
                handles.add(pool.submit(scope -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    all.countDown();
                    await(all); // the first three meet
                    running.decrementAndGet();
                    return n * n;
                }));
            }
            assertThat(threads.liveCount()).isEqualTo(3);
            for (int i = 0; i < 50; i++) {
                assertThat(handles.get(i).get()).isEqualTo(i * i);
                assertThat(handles.get(i).isDone()).isTrue();
            }
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void failureWaitsInTheHandleAndTheWorkerGoesOn() throws Exception {
        try (WorkerPool pool = WorkerPool.open(threads, context, 1, 0)) {
            WorkerPool.Handle<Integer> failing = pool.submit(scope -> {
                throw new Injected();
            });
            WorkerPool.Handle<Integer> error = pool.submit(scope -> {
                throw new StackOverflowError();
            });
            WorkerPool.Handle<Integer> interrupting = pool.submit(scope -> {
                Thread.currentThread().interrupt();
                return 1;
            });
            WorkerPool.Handle<Integer> next = pool.submit(scope -> 2);
            assertThatThrownBy(failing::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(Injected.class);
            assertThatThrownBy(error::get).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(interrupting.get()).isEqualTo(1);
            assertThat(next.get()).isEqualTo(2);
        }
    }

    @Test
    void submitWaitsWhileTheQueueIsFull() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (WorkerPool pool = WorkerPool.open(threads, context, 1, 1)) {
            pool.submit(scope -> {
                begun.countDown();
                await(go);
                ended.set(true);
                return 1;
            });
            await(begun);
            pool.submit(scope -> 2);
            Call<Boolean> third = call(() -> {
                go.countDown();
                pool.submit(scope -> 3);
                return ended.get();
            });
            assertThat(third.result())
                    .as("the first task ended before the third was let in")
                    .isTrue();
        }
    }

    @Test
    void drainWaitsForAllThatWasSubmitted() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        List<WorkerPool.Handle<Integer>> handles = new ArrayList<>();
        try (WorkerPool pool = WorkerPool.open(threads, context, 2, 20)) {
            for (int i = 0; i < 20; i++) {
                handles.add(pool.submit(scope -> ran.incrementAndGet()));
            }
            pool.drain();
            assertThat(ran).hasValue(20);
            pool.drain(); // does nothing
            assertThatThrownBy(() -> pool.submit(scope -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageStartingWith("submit after close");
        }
        for (WorkerPool.Handle<Integer> handle : handles) {
            assertThat(handle.get()).as("results outlive the pool").isPositive();
        }
    }

    @Test
    void closeCancelsWhatRunsAndWhatIsQueued() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.open(threads, context, 1, 1);
        WorkerPool.Handle<Integer> running = pool.submit(scope -> {
            begun.countDown();
            return never.receive();
        });
        WorkerPool.Handle<Integer> queued = pool.submit(scope -> 2);
        await(begun);
        Call<Integer> waiting = call(queued::get);
        pool.close();
        assertThat(waiting.failure()).isInstanceOf(CancelledException.class);
        assertThatThrownBy(running::get).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> pool.submit(scope -> 3))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageStartingWith("submit after close");
        pool.close(); // does nothing
    }

    @Test
    void whoWaitsToSubmitIsRejectedByDrainAndByClose() throws Exception {
        for (boolean drained : new boolean[] {true, false}) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            WorkerPool pool = WorkerPool.open(threads, context, 1, 0);
            pool.submit(scope -> {
                begun.countDown();
                go.await();
                return 1;
            });
            await(begun);
            Call<WorkerPool.Handle<Integer>> late = call(() -> pool.submit(scope -> 2));
            Call<Boolean> ending = call(() -> {
                if (drained) {
                    pool.drain();
                }
                pool.close();
                return true;
            });
            assertThat(late.failure()).isInstanceOf(RejectedExecutionException.class);
            go.countDown();
            assertThat(ending.result()).isTrue();
        }
    }

    @Test
    void cancelledContextEndsWorkersAndWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.open(threads, context, 2, 1)) {
            Call<Integer> waiting = call(pool.<Integer>submit(scope -> {
                begun.countDown();
                return never.receive();
            })::get);
            await(begun);
            context.cancel();
            assertThat(waiting.failure()).isInstanceOf(CancelledException.class);
            assertThat(threads.awaitLive(0, PATIENCE))
                    .as("workers end before the close")
                    .isTrue();
            assertThatThrownBy(() -> pool.submit(scope -> 1)).isInstanceOf(CancelledException.class);
            assertThatThrownBy(pool::drain).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void waitsAreInterruptible() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (WorkerPool pool = WorkerPool.open(threads, context, 1, 0)) {
            WorkerPool.Handle<Integer> stuck = pool.submit(scope -> {
                begun.countDown();
                return never.receive();
            });
            await(begun);
            Call<Integer> getting = call(stuck::get);
            Call<WorkerPool.Handle<Integer>> submitting = call(() -> pool.submit(scope -> 2));
            getting.interrupt();
            submitting.interrupt();
            assertThat(getting.failure()).isInstanceOf(InterruptedException.class);
            assertThat(submitting.failure()).isInstanceOf(InterruptedException.class);
            assertThat(stuck.isDone()).as("the task is not harmed").isFalse();
        }
    }

    @Test
    void openLeavesNothingWhenAWorkerCannotBeStarted() {
        try (Launcher two = Launcher.of(kind, 2)) {
            assertThatThrownBy(() -> WorkerPool.open(two, context, 3, 0)).isInstanceOf(ThreadLimitException.class);
        }
    }

    @Test
    void rejectsAPoolWithoutWorkers() {
        assertThatThrownBy(() -> WorkerPool.open(threads, context, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WorkerPool.open(threads, context, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closeAwaitsTheTasksWithTheInterruptFlagSet() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean cleanedUp = new AtomicBoolean();
        Call<Boolean> closer = call(() -> {
            try (WorkerPool pool = WorkerPool.open(threads, context, 1, 1)) {
                pool.submit(scope -> cleanUp(begun, cleanedUp));
                await(begun);
                Thread.currentThread().interrupt();
            }
            return cleanedUp.get() && Thread.interrupted();
        });
        assertThat(closer.result()).isTrue();
    }

    @Test
    void aTaskThatWouldWaitForItsOwnPoolGetsAnException() throws Exception {
        try (WorkerPool pool = WorkerPool.open(threads, context, 1, 1)) {
            WorkerPool.Handle<String> submitting = pool.submit(scope -> {
                pool.submit(inner -> 1); // there is room for one
                try {
                    pool.submit(inner -> 2);
                    return "nothing was thrown";
                } catch (RejectedExecutionException e) {
                    return e.getMessage();
                }
            });
            assertThat(submitting.get()).contains("by a task of the pool itself", "queue of 1 is full");
            WorkerPool.Handle<String> draining = pool.submit(scope -> {
                try {
                    pool.drain();
                    return "nothing was thrown";
                } catch (IllegalStateException e) {
                    return e.getMessage();
                }
            });
            assertThat(draining.get()).contains("drain by a task of the pool itself");
            assertThat(pool.submit(scope -> 3).get()).as("it still takes tasks").isEqualTo(3);
        }
    }
}
