package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.testing.Eventually;

/** No task outlives its block: whatever happens while the block is left. */
class CloseTest extends CoreTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean cleanedUp = new AtomicBoolean();
    private final AtomicBoolean letGo = new AtomicBoolean();

    /** Heeds its interrupt at once, and then cleans up until it is let go. */
    private int cleaningUp() {
        begun.countDown();
        try {
            Channel.nil().receive();
        } catch (InterruptedException e) {
            cancelled.set(true);
        }
        until(letGo::get);
        cleanedUp.set(true);
        return 0;
    }

    /** Waits until the closing thread waits for the task, and then lets the task end. */
    private void letGoWhenWaitedFor(Call<?> closer) {
        until(cancelled::get);
        until(() -> closer.isOver()
                || closer.thread().getState() == Thread.State.WAITING
                || closer.thread().getState() == Thread.State.TIMED_WAITING);
        boolean waited = !closer.isOver();
        letGo.set(true);
        assertThat(waited).as("waits for the task").isTrue();
    }

    @Test
    void aGroupAwaitsItsTasksWithTheInterruptFlagSet() {
        Call<Boolean> closer = call(() -> {
            try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                group.fork("task", this::cleaningUp);
                begun.await();
                Thread.currentThread().interrupt();
            }
            return cleanedUp.get() && Thread.currentThread().isInterrupted();
        });
        letGoWhenWaitedFor(closer);
        assertThat(closer.value()).isTrue();
    }

    @Test
    void aLauncherAwaitsItsThreadsWithTheInterruptFlagSet() {
        Call<Boolean> closer = call(() -> {
            try (Launcher own = Launcher.of(kind)) {
                own.start("task", this::cleaningUp);
                begun.await();
                Thread.currentThread().interrupt();
            }
            return cleanedUp.get() && Thread.currentThread().isInterrupted();
        });
        letGoWhenWaitedFor(closer);
        assertThat(closer.value()).isTrue();
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWait() {
        for (Throwable broken :
                new Throwable[] {new IllegalStateException("listener"), new AssertionError("listener")}) {
            cancelled.set(false);
            cleanedUp.set(false);
            letGo.set(false);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Call<Boolean> closer = call(() -> {
                try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                    group.context().onDone(() -> sneakyThrow(broken));
                    AtomicBoolean running = new AtomicBoolean();
                    group.fork("task", () -> {
                        running.set(true);
                        return cleaningUp();
                    });
                    until(running::get);
                } catch (Throwable t) {
                    thrown.set(t);
                }
                return cleanedUp.get();
            });
            letGoWhenWaitedFor(closer);
            assertThat(closer.value()).isTrue();
            assertThat(thrown).hasValue(broken);
        }
    }

    @Test
    void aListenerThatFailsDoesNotHideAnInterruptOfTheJoiner() {
        IllegalStateException broken = new IllegalStateException("listener");
        Call<Void> joiner = go(() -> {
            try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                group.context().onDone(() -> sneakyThrow(broken));
                group.fork("task", () -> Channel.nil().receive());
                Thread.currentThread().interrupt();
                group.join();
            }
        });
        assertThat(joiner.failure()).isInstanceOf(InterruptedException.class).hasSuppressedException(broken);
    }

    @Test
    void aLoggerThatFailsHidesNoFailureAndLosesNoTask() {
        threads.onFailure((launched, failure) -> assertThat(failure).hasMessage("disk full"));
        for (boolean error : new boolean[] {false, true}) {
            IOException refused = new IOException("card refused");
            assertThatThrownBy(() -> {
                        try (TaskGroup group = TaskGroup.open(Context.background(), threads)
                                .logTo(new RecordingLogger(System.Logger.Level.DEBUG) {
                                    @Override
                                    public boolean isLoggable(Level level) {
                                        throw sneakyThrow(
                                                error
                                                        ? new AssertionError("disk full")
                                                        : new IllegalStateException("disk full"));
                                    }
                                })) {
                            group.fork("waiting", () -> Channel.nil().receive());
                            group.fork("pay", () -> {
                                throw refused;
                            });
                            group.join();
                        }
                    })
                    .isInstanceOf(TaskFailedException.class)
                    .hasCause(refused);
        }
    }

    @Test
    void aFailureIsRecordedAndCancelsTheOthersBeforeALoggerRuns() throws Exception {
        AtomicReference<TaskGroup> opened = new AtomicReference<>();
        AtomicBoolean late = new AtomicBoolean();
        IOException failure = new IOException("card refused");
        try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
            opened.set(group);
            group.logTo(new RecordingLogger(System.Logger.Level.WARNING) {
                @Override
                public boolean isLoggable(Level level) {
                    late.compareAndSet(
                            false,
                            level == Level.WARNING && opened.get().context().cause() != failure);
                    return false;
                }
            });
            group.fork("pay", () -> {
                throw failure;
            });
            assertThatThrownBy(group::join).hasCause(failure);
        }
        assertThat(late).isFalse();
    }

    /** A task that waits on this is interrupted by code of the channel, on the thread that interrupts. */
    private static final class ClosedByInterrupt extends AbstractInterruptibleChannel {
        private final CountDownLatch waiting = new CountDownLatch(1);

        void await(BooleanSupplier end) throws IOException {
            try {
                begin();
                waiting.countDown();
                until(end);
            } finally {
                end(true);
            }
        }

        @Override
        protected void implCloseChannel() {
            throw new IllegalStateException("close of the channel");
        }
    }

    @Test
    void anInterruptThatFailsKeepsNoSiblingFromBeingInterruptedAndNothingBehind() {
        ClosedByInterrupt channel = new ClosedByInterrupt();
        threads.onFailure((launched, failure) -> {});
        Call<Void> closer = go(() -> {
            try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                group.fork("sibling", this::cleaningUp);
                group.fork("channel", () -> {
                    channel.await(cancelled::get);
                    return 0;
                });
                channel.waiting.await();
                begun.await();
            }
        });
        letGoWhenWaitedFor(closer);
        assertThat(closer.failure()).hasMessage("close of the channel");
        assertThat(cleanedUp).isTrue();
    }

    @Test
    void aFailureThatCannotSayWhatItIsIsThrownAllTheSame() throws Exception {
        RuntimeException mute = new RuntimeException() {
            @Override
            public String toString() {
                throw new IllegalArgumentException("no words");
            }
        };
        try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
            group.fork("mute", () -> {
                throw mute;
            });
            assertThatThrownBy(group::join)
                    .isInstanceOfSatisfying(
                            TaskFailedException.class,
                            failed -> assertThat(failed.getCause()).isSameAs(mute));
        }
    }

    @Test
    void aTaskCannotJoinOrCloseItsOwnGroup() throws Exception {
        try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
            TaskGroup.Subtask<String> joining = group.fork("self", () -> messageOf(group::join));
            TaskGroup.Subtask<Integer> other = group.fork("other", () -> 1);
            group.join();
            assertThat(joining.get()).contains("join of a group by its own task", "\"self\"");
            assertThat(other.get()).isEqualTo(1);
        }
        try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
            TaskGroup.Subtask<String> closing = group.fork("self", () -> messageOf(group::close));
            until(() -> closing.state() != TaskGroup.Subtask.State.RUNNING);
            assertThat(closing.get()).contains("close of a group by its own task");
            assertThat(group.context().isDone()).isTrue();
        }
    }

    @Test
    void aTaskThatForksInItsFullGroupGetsAnException() throws Exception {
        try (TaskGroup group = TaskGroup.open(Context.background(), threads).limit(1)) {
            TaskGroup.Subtask<String> parent =
                    group.fork("parent", () -> messageOf(() -> group.fork("child", () -> 1)));
            group.join();
            assertThat(parent.get()).contains("\"child\"", "by a task of its own group", "1 tasks run");
        }
        try (TaskGroup group = TaskGroup.open(Context.background(), threads).limit(2)) {
            TaskGroup.Subtask<TaskGroup.Subtask<Integer>> parent =
                    group.fork("parent", () -> group.fork("child", () -> 1));
            group.join();
            assertThat(parent.get().get()).isEqualTo(1);
        }
    }

    @Test
    void aThreadCannotJoinOrCloseItsOwnLauncher() throws InterruptedException {
        Launcher own = Launcher.of(kind);
        Call<String> joining = new Call<>(own, "self", () -> messageOf(own::join));
        assertThat(joining.value()).contains("join by thread \"self\" of the launcher itself");
        Call<String> closing = new Call<>(own, "self", () -> messageOf(own::close));
        assertThat(closing.value()).contains("close by thread \"self\" of the launcher itself");
        assertThat(own.awaitLive(0, Eventually.PATIENCE)).isTrue();
    }

    private static String messageOf(Launcher.Task body) throws Exception {
        try {
            body.run();
            return "nothing was thrown";
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException sneakyThrow(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
