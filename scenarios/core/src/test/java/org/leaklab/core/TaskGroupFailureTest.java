package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.TaskGroup.TaskFailedException;

/** Groups that end early: a task fails, the parent is done, somebody cancels, the joiner is interrupted. */
class TaskGroupFailureTest extends CoreTest {

    private final IOException failure = new IOException("first");
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    private TaskGroup open() {
        return TaskGroup.open(Context.background(), threads);
    }

    /** Forks a task that waits until it is interrupted, and waits until it has begun. */
    private Subtask<Object> forkWaiting(TaskGroup group) throws InterruptedException {
        int before = begun.get();
        Subtask<Object> task = group.fork("waiting", () -> {
            begun.incrementAndGet();
            try {
                return Channel.nil().receive();
            } finally {
                ended.incrementAndGet();
            }
        });
        until(() -> begun.get() == before + 1);
        return task;
    }

    @Test
    void theFirstFailureCancelsTheRestAndIsThrown() throws Exception {
        try (TaskGroup group = open()) {
            Subtask<Object> waiting = forkWaiting(group);
            Subtask<Object> failing = group.fork("failing", () -> {
                throw failure;
            });

            assertThatThrownBy(group::join)
                    .isInstanceOfSatisfying(TaskFailedException.class, thrown -> {
                        assertThat(thrown.taskName()).isEqualTo("failing");
                        assertThat(thrown.traceId()).isEqualTo(group.traceId());
                        assertThat(thrown).hasMessageContaining(group.traceId()).hasNoSuppressedExceptions();
                    })
                    .hasCause(failure);

            assertThat(ended).hasValue(1);
            assertThat(group.context().cause()).isSameAs(failure);
            assertThat(waiting.state()).isEqualTo(Subtask.State.FAILED);
            assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
            assertThat(failing.failure()).isSameAs(failure);
            assertThatThrownBy(failing::get)
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(failure);
            assertThatThrownBy(group::join)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(failure);
        }
    }

    @Test
    void laterFailuresAreSuppressed() throws Exception {
        IllegalStateException later = new IllegalStateException("later");
        AssertionError last = new AssertionError("last");
        try (TaskGroup group = open()) {
            for (Throwable next : new Throwable[] {later, last}) {
                group.fork("late", () -> {
                    until(group.context()::isDone);
                    throw sneaky(next);
                });
            }
            group.fork("failing", () -> {
                throw failure;
            });
            assertThatThrownBy(group::join)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(failure)
                    .hasSuppressedException(later)
                    .hasSuppressedException(last);
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // spinning threads must not keep every carrier
    void ofManyThatFailTogetherOneIsThrownAndTheOthersAreSuppressed() throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch together = new CountDownLatch(4);
            try (TaskGroup group = open()) {
                for (int i = 0; i < 4; i++) {
                    int number = i;
                    group.fork("task " + i, () -> {
                        together.countDown();
                        while (together.getCount() > 0) {
                            Thread.yield(); // no wait that the first failure would interrupt
                        }
                        throw new IOException("task " + number);
                    });
                }
                assertThatThrownBy(group::join)
                        .isInstanceOfSatisfying(
                                TaskFailedException.class,
                                thrown -> assertThat(thrown.getSuppressed()).hasSize(3))
                        .hasCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void afterAFailureNoTaskIsRun() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        try (TaskGroup group = open().limit(1)) {
            group.fork("failing", () -> {
                throw failure;
            });
            until(group.context()::isDone);
            Subtask<Boolean> skipped = group.fork("skipped", () -> ran.getAndSet(true));

            assertThat(skipped.state()).isEqualTo(Subtask.State.NOT_RUN);
            assertThatThrownBy(skipped::get).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(group::join).hasCause(failure);
        }
        assertThat(ran).isFalse();
    }

    @Test
    void aForkThatWaitsForAPlaceIsSkippedWhenTheGroupIsCancelled() throws Exception {
        try (TaskGroup group = open().limit(1)) {
            forkWaiting(group);
            Call<Subtask<Integer>> forking = call(() -> group.fork("skipped", () -> 1));
            until(() -> forking.thread().getState() == Thread.State.WAITING);
            group.cancel();
            assertThat(forking.value().state()).isEqualTo(Subtask.State.NOT_RUN);
            assertThatThrownBy(group::join).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void aCancelledParentCancelsTheTasks() throws Exception {
        Context parent = Context.background().withCancel();
        Exception why = new Exception("why");
        try (TaskGroup group = TaskGroup.open(parent, threads)) {
            forkWaiting(group);
            parent.cancel(why);
            assertThatThrownBy(group::join)
                    .isInstanceOf(CancelledException.class)
                    .hasCause(why);
            assertThat(ended).hasValue(1);
        }
        try (TaskGroup late = TaskGroup.open(parent, threads)) {
            assertThat(late.fork("task", () -> 1).state()).isEqualTo(Subtask.State.NOT_RUN);
            assertThatThrownBy(late::join)
                    .isInstanceOf(CancelledException.class)
                    .hasCause(why);
        }
    }

    @Test
    void aParentThatExpiresCancelsTheTasks() throws Exception {
        IllegalStateException late = new IllegalStateException("late");
        try (Context parent = Context.background().withTimeout(Duration.ofMillis(10));
                TaskGroup group = TaskGroup.open(parent, threads)) {
            group.fork("waiting", () -> Channel.nil().receive());
            group.fork("late", () -> {
                until(group.context()::isDone);
                throw late;
            });
            assertThatThrownBy(group::join)
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasSuppressedException(late);
        }
    }

    @Test
    void closedWithoutAJoinItCancelsAndWaits() throws Exception {
        Context parent = Context.background().withCancel();
        Subtask<Object> waiting;
        try (TaskGroup group = TaskGroup.open(parent, threads)) {
            waiting = forkWaiting(group);
        }
        assertThat(ended).hasValue(1);
        assertThat(waiting.state()).isEqualTo(Subtask.State.FAILED);
        assertThat(parent.dependents()).isZero();
        assertThat(parent.isDone()).isFalse();
        parent.close();
    }

    @Test
    void nothingIsLeftOnTheParent() throws Exception {
        try (Context parent = Context.background().withCancel()) {
            for (boolean fails : new boolean[] {false, true}) {
                try (TaskGroup group = TaskGroup.open(parent, threads)) {
                    group.fork("task", () -> {
                        if (fails) {
                            throw failure;
                        }
                        return 1;
                    });
                    if (fails) {
                        assertThatThrownBy(group::join).hasCause(failure);
                    } else {
                        group.join();
                    }
                }
                assertThat(parent.dependents()).isZero();
                assertThat(parent.isDone()).isFalse();
            }
        }
    }

    @Test
    void aJoinerThatIsInterruptedCancelsTheTasksAndCloseAwaitsThem() {
        AtomicReference<TaskGroup> opened = new AtomicReference<>();
        Call<Void> joiner = go(() -> {
            try (TaskGroup group = open()) {
                forkWaiting(group);
                opened.set(group);
                group.join();
            }
        });
        until(() -> opened.get() != null && joiner.thread().getState() == Thread.State.WAITING);

        joiner.interrupt();

        assertThat(joiner.failure()).isInstanceOf(InterruptedException.class);
        assertThat(ended).hasValue(1);
        assertThat(opened.get().context().isDone()).isTrue();
    }

    @Test
    void anInterruptDoesNotEndTheWaitOfCloseAndTheFlagStays() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Call<Boolean> closer = call(() -> {
            TaskGroup group = open();
            group.fork("stubborn", () -> {
                while (true) {
                    try {
                        end.await();
                        return null;
                    } catch (InterruptedException e) {
                        cancelled.countDown();
                    }
                }
            });
            group.close();
            return Thread.currentThread().isInterrupted();
        });
        until(() -> cancelled.getCount() == 0 && closer.thread().getState() == Thread.State.WAITING);
        assertThat(closer.isOver()).isFalse();

        closer.interrupt();
        until(() -> !closer.thread().isInterrupted() && closer.thread().getState() == Thread.State.WAITING);
        assertThat(closer.isOver()).isFalse();

        end.countDown();
        assertThat(closer.value()).isTrue();
    }

    @Test
    void aTaskThatStartsDuringACancelIsInterruptedAlike() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (TaskGroup group = open()) {
                Call<Void> canceller = go(group::cancel);
                group.fork("waiting", () -> Channel.nil().receive());
                assertThat(canceller.failure()).isNull();
                assertThatThrownBy(group::join).isInstanceOf(CancelledException.class);
            }
        }
    }

    @Test
    void anInterruptThatNobodyOfTheGroupCausedIsAFailure() throws Exception {
        try (TaskGroup group = open()) {
            group.fork("interrupted", () -> {
                throw new InterruptedException("from elsewhere");
            });
            assertThatThrownBy(group::join)
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }
}
