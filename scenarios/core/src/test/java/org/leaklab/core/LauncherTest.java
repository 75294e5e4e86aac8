package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Launcher.ThreadLimitException;
import org.leaklab.testing.Eventually;

/** Threads that start, are known, and end by themselves. */
class LauncherTest extends CoreTest {

    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void threadsHaveTheKindTheNameAndACreator() {
        Launched launched = threads.start("name", end::await);

        assertThat(threads.kind()).isEqualTo(kind);
        assertThat(ThreadKind.of(launched.thread())).isEqualTo(kind);
        assertThat(launched.thread().isDaemon()).isTrue();
        assertThat(launched.thread().getName()).isEqualTo("name");
        assertThat(launched.name()).isEqualTo("name");
        assertThat(launched.creatorName()).isEqualTo("test body");
        assertThat(launched.creatorId()).isEqualTo(Thread.currentThread().threadId());
        assertThat(launched.startedAt()).isLessThanOrEqualTo(System.nanoTime());
        assertThat(launched.toString())
                .startsWith("name (")
                .contains(Long.toString(launched.thread().threadId()));
        end.countDown();
    }

    @Test
    void threadsAreKnownUntilTheyEndInTheOrderOfTheirStart() throws InterruptedException {
        Launched first = threads.start("first", end::await);
        Launched second = threads.start("second", end::await);
        Launched brief = threads.start("brief", () -> {});
        assertThat(brief.join(PATIENCE)).isTrue();

        assertThat(brief.isLive()).isFalse();
        assertThat(threads.live()).containsExactly(first, second);
        assertThat(threads.liveCount()).isEqualTo(2);
        assertThat(first.isLive()).isTrue();
        assertThat(first.join(Duration.ofMillis(1))).isFalse();

        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(threads.live()).isEmpty();
        assertThat(first.isLive()).isFalse();
        assertThat(first.failure()).isNull();
    }

    @Test
    void awaitLiveWaitsForSoManyAndNoLonger() throws InterruptedException {
        Channel<Boolean> finish = Channel.unbuffered();
        go(finish::receive);
        go(finish::receive);
        assertThat(threads.awaitLive(2, Duration.ZERO)).isTrue();
        assertThat(threads.awaitLive(1, Duration.ofMillis(5))).isFalse();
        assertThat(threads.awaitLive(1, Duration.ofSeconds(-1))).isFalse();

        Call<Boolean> waiting = new Call<>(Launcher.of(kind), "waiting", () -> threads.awaitLive(1, PATIENCE));
        finish.send(true);
        assertThat(waiting.value()).isTrue();
        assertThat(threads.liveCount()).isEqualTo(1);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.awaitLive(0, PATIENCE)).isInstanceOf(InterruptedException.class);
        finish.send(true);
    }

    @Test
    void theLimitIsSaidClearlyAndAPlaceBecomesFreeAgain() throws InterruptedException {
        Launcher few = Launcher.of(kind, 2);
        few.start("one", end::await);
        few.start("two", end::await);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> few.start("three", () -> {}))
                    .isInstanceOf(ThreadLimitException.class)
                    .hasMessageContaining("limit of 2 live " + (kind == ThreadKind.PLATFORM ? "platform" : "virtual"))
                    .hasMessageContaining("\"three\" not started");
        }
        assertThat(few.liveCount()).isEqualTo(2);

        end.countDown();
        assertThat(few.awaitLive(0, PATIENCE)).isTrue();
        few.start("three", () -> {});
        assertThat(few.awaitLive(0, PATIENCE)).isTrue();
        assertThatThrownBy(() -> Launcher.of(kind, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // a yield provokes the race, nothing relies on it
    void manyThatStartTogetherDoNotExceedTheLimit() throws InterruptedException {
        int starters = 8;
        int rounds = 200;
        Launcher few = Launcher.of(kind, 1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(starters);
        List<Call<Void>> calls = Stream.generate(() -> go(() -> {
                    for (int i = 0; i < rounds; i++) {
                        round.await();
                        try {
                            few.start("task", () -> {
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                Thread.yield();
                                running.decrementAndGet();
                            });
                        } catch (ThreadLimitException e) {
                            // one of the others was first
                        }
                    }
                }))
                .limit(starters)
                .toList();
        assertThat(calls.stream().map(Call::failure)).containsOnlyNulls();
        assertThat(few.awaitLive(0, PATIENCE)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void failuresGoToTheHandlerOnTheFailingThread() throws InterruptedException {
        List<Object> handled = new CopyOnWriteArrayList<>();
        threads.onFailure((launched, failure) -> handled.addAll(List.of(launched, failure, Thread.currentThread())));
        AssertionError failure = new AssertionError("broken");

        Launched failing = threads.start("failing", () -> {
            throw failure;
        });

        assertThat(failing.join(PATIENCE)).isTrue();
        assertThat(failing.failure()).isSameAs(failure);
        assertThat(handled).containsExactly(failing, failure, failing.thread());
        assertThat(threads.liveCount()).isZero();
    }

    @Test
    void anInterruptOrACancellationIsAnEndAndNoFailure() throws InterruptedException {
        Context cancelled = Context.background().withCancel();
        cancelled.cancel();
        Launched one = threads.start("cancelled", cancelled::throwIfDone);
        Launched other = threads.start("interrupted", end::await);
        other.thread().interrupt();

        assertThat(one.join(PATIENCE)).isTrue();
        assertThat(other.join(PATIENCE)).isTrue();
        assertThat(one.failure()).isInstanceOf(CancelledException.class);
        assertThat(other.failure()).isInstanceOf(InterruptedException.class);
        assertThat(unexpected).isEmpty();
    }

    @Test
    void aFactoryMakesThreadsItKnows() throws InterruptedException {
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(threads.factory("made"))) {
            executor.execute(() -> Eventually.until(() -> end.getCount() == 0));
            until(() -> threads.liveCount() == 1);
            Launched made = threads.live().getFirst();
            assertThat(made.name()).isEqualTo("made");
            assertThat(ThreadKind.of(made.thread())).isEqualTo(kind);
            end.countDown();
        }
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
    }

    @Test
    void anExecutorStartsOneThreadATask() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable task = () -> {
            both.countDown();
            until(() -> both.getCount() == 0);
        };
        threads.executor("pool").execute(task);
        threads.executor("pool").execute(task);
        until(() -> both.getCount() == 0);
    }
}
