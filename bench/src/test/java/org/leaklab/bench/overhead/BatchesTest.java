package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;
import org.leaklab.scenario.Threads;

/** A batch does all of its operations, an empty one none of them; closed, they leave no thread. */
class BatchesTest {

    private final AtomicInteger operations = new AtomicInteger();

    private Batches batches(Batches.Around around) {
        return new Batches(around, i -> operations.incrementAndGet(), Batches.NOTHING, () -> {});
    }

    @Test
    void aBatchDoesAllAndAnEmptyOneNone() throws Exception {
        Batches batches = batches(Task::run);
        batches.run();
        assertThat(operations).hasValue(Batches.SIZE);
        batches.runEmpty();
        assertThat(operations).hasValue(Batches.SIZE);
    }

    /** As one that does not wait for the thread that does the operations. */
    @Test
    void oneThatReturnsTooEarlyIsCaught() {
        Batches batches = batches(loop -> {});
        assertThatIllegalStateException()
                .isThrownBy(batches::run)
                .withMessage("a batch has ended before its " + Batches.SIZE + " operations were done");
    }

    /** What ends a batch of starts is a wait for the last thread; without one it would not be measured. */
    @Test
    void anEmptyBatchOfStartsWaitsForOneThread() throws Exception {
        Started started = new Started();
        try (Threads threads = Threads.of(ThreadKind.VIRTUAL)) {
            Launchers.of(threads.launcher()).hooks().attach(started);
            try (Batches batches = Operation.FORK_JOIN.on(threads)) {
                batches.runEmpty();
                assertThat(started.all).hasValue(1);
                assertThat(threads.launcher().liveCount()).isZero();
                batches.run();
                assertThat(started.all).hasValue(1 + Batches.SIZE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnOperationHasStartedEndsWithIt(Operation operation) throws Exception {
        Started started = new Started();
        try (Threads threads = Threads.of(ThreadKind.VIRTUAL)) {
            Launchers.of(threads.launcher()).hooks().attach(started);
            for (int i = 0; i < 2; i++) {
                try (Batches batches = operation.on(threads)) {
                    batches.run();
                }
                assertThat(threads.launcher().liveCount()).isZero();
            }
        }
        assertThat(started.all.get()).as("threads that a detector was told of").isGreaterThanOrEqualTo(4);
    }

    private static final class Started implements LaunchHook {

        final AtomicInteger all = new AtomicInteger();

        @Override
        public void starting(LiveThread thread) {
            all.incrementAndGet();
        }
    }
}
