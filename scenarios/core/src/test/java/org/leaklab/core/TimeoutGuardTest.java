package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.TaskGroup.TaskFailedException;

/** Run this within that time, then cancel it and wait for its end. */
class TimeoutGuardTest extends CoreTest {

    /** Long enough that the task has begun by then, also on a busy machine: a limit that is over begins no task. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void whatReturnsInTimeIsReturned() throws Exception {
        String result = TimeoutGuard.run(threads, Context.background(), "task", LONG, context -> {
            assertThat(context.deadline()).isNotNull();
            return Thread.currentThread().getName();
        });
        assertThat(result).isEqualTo("task");
    }

    @Test
    void whatFailsInTimeIsThrown() {
        IOException failure = new IOException("broken");
        assertThatThrownBy(() -> TimeoutGuard.run(threads, Context.background(), "task", LONG, context -> {
                    throw failure;
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCause(failure);
    }

    @Test
    void whenTimeIsOverTheTaskIsInterruptedAndItsEndAwaited() {
        assertThatThrownBy(() -> TimeoutGuard.run(threads, Context.background(), "task", SHORT, context -> {
                    try {
                        return Channel.nil().receive();
                    } finally {
                        ended.set(true);
                    }
                }))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(ended).isTrue();
    }

    @Test
    void whenTimeIsOverATaskThatHeedsOnlyItsContextIsAwaited() {
        assertThatThrownBy(() -> TimeoutGuard.run(threads, Context.background(), "task", SHORT, context -> {
                    until(context::isDone);
                    return ended.getAndSet(true);
                }))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(ended).isTrue();
    }

    @Test
    void aTaskThatIgnoresItsEndKeepsTheCallerUntilItEndsWhateverInterruptsCome() {
        for (boolean interrupted : new boolean[] {false, true}) {
            CountDownLatch end = new CountDownLatch(1);
            AtomicBoolean cancelled = new AtomicBoolean();
            Call<Object> caller = call(() -> TimeoutGuard.run(threads, Context.background(), "task", SHORT, context -> {
                while (true) {
                    try {
                        end.await();
                        return ended.getAndSet(true);
                    } catch (InterruptedException e) {
                        cancelled.set(true);
                    }
                }
            }));
            until(cancelled::get);
            assertThat(caller.isOver()).isFalse();
            if (interrupted) {
                caller.interrupt();
                until(() -> !caller.thread().isInterrupted());
                assertThat(caller.isOver()).isFalse();
                caller.interrupt();
                until(() -> !caller.thread().isInterrupted());
                assertThat(caller.isOver()).isFalse();
                end.countDown();
                assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
            } else {
                end.countDown();
                assertThat(caller.failure()).isInstanceOf(DeadlineExceededException.class);
            }
            assertThat(ended.getAndSet(false)).isTrue();
        }
    }

    @Test
    void aFailureAfterTheTimeIsSuppressed() {
        IllegalStateException late = new IllegalStateException("late");
        assertThatThrownBy(() -> TimeoutGuard.run(threads, Context.background(), "task", SHORT, context -> {
                    until(context::isDone);
                    throw late;
                }))
                .isInstanceOf(DeadlineExceededException.class)
                .hasSuppressedException(late);
    }

    @Test
    void withoutTimeTheTaskIsNotRun() {
        assertThatThrownBy(() -> TimeoutGuard.run(
                        threads, Context.background(), "task", Duration.ZERO, context -> ended.getAndSet(true)))
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(ended).isFalse();
    }

    @Test
    void aParentThatIsCancelledEndsIt() {
        Context parent = Context.background().withCancel();
        Exception why = new Exception("why");
        CountDownLatch started = new CountDownLatch(1);
        Call<Object> caller = call(() -> TimeoutGuard.run(threads, parent, "task", LONG, context -> {
            started.countDown();
            try {
                return Channel.nil().receive(context);
            } finally {
                ended.set(true);
            }
        }));
        until(() -> started.getCount() == 0);

        parent.cancel(why);

        assertThat(caller.failure())
                .isInstanceOf(CancelledException.class)
                .isNotInstanceOf(DeadlineExceededException.class)
                .hasCause(why);
        assertThat(ended).isTrue();
        assertThat(parent.dependents()).isZero();
    }

    @Test
    void aCallerThatIsInterruptedCancelsTheTaskAndAwaitsIt() {
        CountDownLatch started = new CountDownLatch(1);
        Call<Object> caller = call(() -> TimeoutGuard.run(threads, Context.background(), "task", LONG, context -> {
            started.countDown();
            try {
                return Channel.nil().receive();
            } finally {
                ended.set(true);
            }
        }));
        until(() -> started.getCount() == 0);

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        assertThat(ended).isTrue();
    }

    @Test
    void nothingIsLeftOnTheParent() throws Exception {
        try (Context parent = Context.background().withCancel()) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                assertThat(TimeoutGuard.<Integer>run(threads, parent, "task", LONG, context -> number))
                        .isEqualTo(number);
                assertThat(parent.dependents()).isZero();
            }
        }
    }
}
