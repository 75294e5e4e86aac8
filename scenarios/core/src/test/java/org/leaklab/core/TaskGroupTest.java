package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.ThreadLimitException;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.testing.Eventually;

/** Groups whose tasks succeed, bounded or not; and what they carry and log. */
class TaskGroupTest extends CoreTest {

    private static final int TASKS = 20;

    private TaskGroup open() {
        return TaskGroup.open(Context.background(), threads);
    }

    @Test
    void resultsCanBeHadAfterTheJoin() throws Exception {
        try (TaskGroup group = open()) {
            Channel<Integer> go = Channel.unbuffered();
            Subtask<Integer> one = group.fork("one", go::receive);
            Subtask<String> two = group.fork("two", () -> Thread.currentThread().getName());
            assertThat(one.state()).isEqualTo(Subtask.State.RUNNING);
            assertThatThrownBy(one::get).isInstanceOf(IllegalStateException.class);
            assertThat(one).hasToString("one (RUNNING)");

            go.send(1);
            group.join();

            assertThat(one.get()).isEqualTo(1);
            assertThat(two.get()).isEqualTo("two");
            assertThat(two.name()).isEqualTo("two");
            assertThat(two.state()).isEqualTo(Subtask.State.SUCCEEDED);
            assertThat(two.failure()).isNull();
            assertThat(group.context().isDone()).isTrue();
            group.join(); // once more: nothing to wait for, nothing failed
        }
    }

    @Test
    void aResultMayBeNull() throws Exception {
        try (TaskGroup group = open()) {
            Subtask<Object> nothing = group.fork("nothing", () -> null);
            group.join();
            assertThat(nothing.get()).isNull();
        }
    }

    @Test
    void withoutTasksItJoinsAtOnce() throws Exception {
        try (TaskGroup group = open()) {
            group.join();
        }
        TaskGroup unjoined = open();
        unjoined.close();
        assertThat(unjoined.context().isDone()).isTrue();
    }

    @Test
    void theLimitIsReachedAndNeverExceeded() throws Exception {
        int limit = 3;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(limit);
        try (TaskGroup group = open().limit(limit)) {
            for (int i = 0; i < TASKS; i++) {
                group.fork("task " + i, () -> {
                    int now = running.incrementAndGet();
                    most.accumulateAndGet(now, Math::max);
                    full.countDown();
                    full.await(); // as many as the limit do run together
                    return running.decrementAndGet();
                });
            }
            group.join();
        }
        assertThat(most).hasValue(limit);
    }

    @Test
    void aForkThatWaitsForAPlaceCanBeInterrupted() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (TaskGroup group = open().limit(1)) {
            group.fork("holder", () -> {
                end.await();
                return null;
            });
            Call<Subtask<Integer>> forking = call(() -> group.fork("waiting", () -> 1));
            until(() -> forking.thread().getState() == Thread.State.WAITING);
            forking.interrupt();
            assertThat(forking.failure()).isInstanceOf(InterruptedException.class);

            end.countDown();
            Subtask<Integer> next = group.fork("next", () -> 2);
            group.join();
            assertThat(next.get()).isEqualTo(2);
        }
    }

    @Test
    void theLimitIsSetBeforeTheFirstFork() throws Exception {
        try (TaskGroup group = open()) {
            assertThatThrownBy(() -> group.limit(0)).isInstanceOf(IllegalArgumentException.class);
            CountDownLatch end = new CountDownLatch(1);
            group.fork("task", () -> {
                end.await();
                return null;
            });
            assertThatThrownBy(() -> group.limit(1)).isInstanceOf(IllegalStateException.class);
            end.countDown();
            group.join();
        }
    }

    @Test
    void fromOutsideNobodyForksAfterTheJoin() throws Exception {
        TaskGroup group = open();
        group.join();
        assertThatThrownBy(() -> group.fork("late", () -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"late\" comes too late");
        group.close();
        assertThatThrownBy(() -> group.fork("later", () -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRunningTaskForksDuringTheJoin() {
        CountDownLatch joining = new CountDownLatch(1);
        AtomicReference<Subtask<String>> inner = new AtomicReference<>();
        AtomicReference<TaskGroup> opened = new AtomicReference<>();
        Call<String> joiner = call(() -> {
            try (TaskGroup group = open()) {
                opened.set(group);
                group.fork("outer", () -> {
                    joining.await();
                    inner.set(group.fork("inner", () -> "from inside"));
                    return null;
                });
                group.join();
                return inner.get().get();
            }
        });
        until(() -> joiner.thread().getState() == Thread.State.WAITING);
        assertThatThrownBy(() -> opened.get().fork("outside", () -> 1)).isInstanceOf(IllegalStateException.class);

        joining.countDown();

        assertThat(joiner.value()).isEqualTo("from inside");
    }

    @Test
    void tasksForkTasksInTurn() throws Exception {
        AtomicInteger leaves = new AtomicInteger();
        try (TaskGroup group = open()) {
            forkTree(group, 5, leaves);
            group.join();
        }
        assertThat(leaves).hasValue(32);
    }

    private static void forkTree(TaskGroup group, int depth, AtomicInteger leaves) throws InterruptedException {
        group.fork("depth " + depth, () -> {
            if (depth == 0) {
                return leaves.incrementAndGet();
            }
            forkTree(group, depth - 1, leaves);
            forkTree(group, depth - 1, leaves);
            return 0;
        });
    }

    @Test
    void aTaskThatCannotStartLeavesEverythingIntact() throws Exception {
        Launcher few = Launcher.of(kind, 1);
        CountDownLatch end = new CountDownLatch(1);
        try (TaskGroup group = TaskGroup.open(Context.background(), few).limit(2)) {
            Subtask<Integer> first = group.fork("first", () -> {
                end.await();
                return 1;
            });
            for (int i = 0; i < 5; i++) { // more often than there are places
                assertThatThrownBy(() -> group.fork("one too many", () -> 2)).isInstanceOf(ThreadLimitException.class);
            }
            end.countDown();
            assertThat(few.awaitLive(0, Eventually.PATIENCE)).isTrue();
            Subtask<Integer> last = group.fork("last", () -> 3);
            group.join();

            assertThat(first.get() + last.get()).isEqualTo(4);
        }
        assertThat(few.awaitLive(0, Eventually.PATIENCE)).isTrue();
    }

    @Test
    void itCarriesTheTraceOfItsParentOrANewOne() throws Exception {
        Context parent = Context.background().withValue(Context.TRACE_ID, "given");
        try (TaskGroup group = TaskGroup.open(parent, threads)) {
            Subtask<String> seen = group.fork("task", () -> group.context().value(Context.TRACE_ID));
            group.join();
            assertThat(seen.get()).isEqualTo("given");
            assertThat(group.traceId()).isEqualTo("given");
        }
        try (TaskGroup one = open();
                TaskGroup other = open()) {
            assertThat(one.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(other.traceId());
            assertThat(one.context().value(Context.TRACE_ID)).isEqualTo(one.traceId());
        }
    }

    @Test
    void itLogsStartAndEndWithNameAndTrace() throws Exception {
        RecordingLogger log = new RecordingLogger(Level.DEBUG);
        Context parent = Context.background().withValue(Context.TRACE_ID, "7");
        try (TaskGroup group = TaskGroup.open(parent, threads).logTo(log)) {
            group.fork("fine", () -> 1);
            group.join();
        }
        assertThat(log.entries)
                .containsExactly(
                        new RecordingLogger.Entry(Level.DEBUG, "task \"fine\" started trace=7", null),
                        new RecordingLogger.Entry(Level.DEBUG, "task \"fine\" ended trace=7", null));
    }

    @Test
    void itLogsFailuresAsWarningsAndTheirEchoNot() throws Exception {
        RecordingLogger log = new RecordingLogger(Level.DEBUG);
        RecordingLogger warnings = new RecordingLogger(Level.WARNING);
        IOException failure = new IOException("broken");
        for (RecordingLogger each : List.of(log, warnings)) {
            Context parent = Context.background().withValue(Context.TRACE_ID, "7");
            CountDownLatch waits = new CountDownLatch(1);
            try (TaskGroup group = TaskGroup.open(parent, threads).logTo(each)) {
                group.fork("waits", () -> {
                    waits.countDown();
                    return Channel.nil().receive();
                });
                waits.await();
                group.fork("fails", () -> {
                    throw failure;
                });
                assertThatThrownBy(group::join).isInstanceOf(TaskFailedException.class);
            }
        }
        RecordingLogger.Entry warning =
                new RecordingLogger.Entry(Level.WARNING, "task \"fails\" failed trace=7", failure);
        assertThat(warnings.entries).containsExactly(warning);
        assertThat(log.entries).contains(warning).anySatisfy(entry -> {
            assertThat(entry.level()).isEqualTo(Level.DEBUG);
            assertThat(entry.message()).isEqualTo("task \"waits\" cancelled trace=7");
            assertThat(entry.thrown()).isInstanceOf(InterruptedException.class);
        });
    }

    @Test
    void whatTasksDidIsSeenAfterTheJoin() throws Exception {
        List<int[]> plain = new ArrayList<>();
        try (TaskGroup group = open()) {
            for (int i = 0; i < TASKS; i++) {
                int[] cell = new int[1];
                plain.add(cell);
                group.fork("task " + i, () -> cell[0]++);
            }
            group.join();
        }
        assertThat(plain).allSatisfy(cell -> assertThat(cell[0]).isEqualTo(1));
    }
}
