package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.Arrays;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/** A wait that something will end is not stuck, however long it lasts; a wait that nothing will end is. */
class SettlingTest {

    /** Far longer than the looks of the lab are apart. */
    private static final int TRANSIENT_MILLIS = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Leaves a thread in a receive; says what becomes of the other end of the channel. */
    @FunctionalInterface
    interface Other {
        void end(Threads threads, Channel<Integer> channel) throws Exception;
    }

    @Leak(id = "received", family = Family.CHANNEL, stuck = 1, at = "Channel.receive", cause = "c", cure = "c")
    record Receives(Other other) implements Scenario {
        @Override
        public void leaky(Threads threads) throws Exception {
            Channel<Integer> channel = Channel.unbuffered();
            threads.start("receiver", channel::receive);
            other.end(threads, channel);
        }

        @Override
        public void fixed(Threads threads) {}
    }

    /** What ends a wait of 300 ms. */
    enum Ends implements Other {
        SIBLING {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                threads.start("sibling", () -> sendLater(channel));
            }
        },
        SIBLING_THAT_RECEIVES_WITH_A_LIMIT {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                threads.start("sibling", () -> {
                    Channel.unbuffered().receive(Duration.ofMillis(TRANSIENT_MILLIS));
                    channel.send(1);
                });
            }
        },
        PLAIN_THREAD {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Thread.ofPlatform().daemon().start(() -> sendLater(channel));
            }
        },
        PLAIN_VIRTUAL_THREAD {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Thread.ofVirtual().start(() -> sendLater(channel));
            }
        },
        EXECUTOR {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                ExecutorService pool = threads.closing(Executors.newFixedThreadPool(1));
                pool.submit(() -> sendLater(channel));
            }
        },
        COMMON_POOL {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                CompletableFuture.runAsync(() -> sendLater(channel));
            }
        },
        SCHEDULED_EXECUTOR {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                ScheduledExecutorService pool = threads.closing(Executors.newScheduledThreadPool(1));
                pool.schedule(channel::close, TRANSIENT_MILLIS, TimeUnit.MILLISECONDS);
            }
        },
        TIMER {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Timer timer = new Timer(true);
                threads.closing(timer::cancel);
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                channel.close();
                            }
                        },
                        TRANSIENT_MILLIS);
            }
        },
        DELAYED_EXECUTOR {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                CompletableFuture.delayedExecutor(TRANSIENT_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(channel::close);
            }
        },
        END_OF_A_CONTEXT {
            @Override
            @SuppressWarnings("MustBeClosedChecker")
            public void end(Threads threads, Channel<Integer> channel) {
                Context.background()
                        .withTimeout(Duration.ofMillis(TRANSIENT_MILLIS))
                        .onDone(channel::close);
            }
        },
        CALLER {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                sendLater(channel);
            }
        };

        static void sendLater(Channel<Integer> channel) {
            try {
                Thread.sleep(TRANSIENT_MILLIS);
                boolean ignored = channel.trySend(1); // the lab may have ended the receiver before
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Leak(id = "limited", family = Family.CHANNEL, stuck = 1, at = "Channel.receive", cause = "c", cure = "c")
    static class UnderADeadline implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("receiver", () -> {
                try (Context limited = Context.background().withTimeout(Duration.ofMillis(TRANSIENT_MILLIS))) {
                    Channel.unbuffered().receive(limited);
                }
            });
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(
            id = "in-a-group",
            family = Family.CHANNEL,
            stuck = 2,
            at = {"Channel.receive", "Members.await"},
            cause = "c",
            cure = "c")
    static class InAGroupWithADeadline implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("owner", () -> {
                try (Context limited = Context.background().withTimeout(Duration.ofMillis(TRANSIENT_MILLIS));
                        TaskGroup group = TaskGroup.open(limited, threads.launcher())) {
                    group.fork("receiver", () -> Channel.unbuffered().receive());
                    group.join();
                }
            });
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(id = "future", family = Family.CALLBACK, stuck = 1, at = "CompletableFuture.get", cause = "c", cure = "c")
    static class OnAFutureWithATimeout implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start(
                    "reader",
                    () -> new CompletableFuture<Integer>()
                            .completeOnTimeout(1, TRANSIENT_MILLIS, TimeUnit.MILLISECONDS)
                            .get());
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(id = "polls", family = Family.CHANNEL, stuck = 1, at = "SettlingTest.Polls.poll", cause = "c", cure = "c")
    static class Polls implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("poller", Polls::poll);
        }

        @Override
        public void fixed(Threads threads) {}

        private static void poll() throws InterruptedException {
            for (int i = 0; i < 10; i++) {
                Thread.sleep(TRANSIENT_MILLIS / 10);
            }
        }
    }

    @Leak(
            id = "sleeps-once",
            family = Family.CANCELLATION,
            stuck = 1,
            waits = Waits.SLEEPING,
            at = "Thread.sleep",
            cause = "c",
            cure = "c")
    static class SleepsOnce implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("sleeper", () -> Thread.sleep(3 * TRANSIENT_MILLIS));
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(
            id = "computes",
            family = Family.LOOP,
            stuck = 1,
            waits = Waits.SPINNING,
            at = "SettlingTest.ComputesForAWhile.compute",
            cause = "c",
            cure = "c")
    static class ComputesForAWhile implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("computing", () -> compute(threads));
        }

        @Override
        public void fixed(Threads threads) {}

        private static void compute(Threads threads) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TRANSIENT_MILLIS);
            while (System.nanoTime() < end) {
                threads.work();
            }
        }
    }

    static Stream<Arguments> transientWaits() {
        return Stream.concat(
                        Arrays.stream(Ends.values()).map(Receives::new),
                        Stream.of(
                                new UnderADeadline(),
                                new InAGroupWithADeadline(),
                                new OnAFutureWithATimeout(),
                                new Polls(),
                                new SleepsOnce(),
                                new ComputesForAWhile()))
                .flatMap(scenario -> Arrays.stream(ThreadKind.values()).map(kind -> Arguments.of(scenario, kind)));
    }

    @ParameterizedTest
    @MethodSource("transientWaits")
    void aWaitThatSomethingWillEndDoesNotCount(Scenario scenario, ThreadKind kind) throws InterruptedException {
        CellResult result =
                new Lab(Duration.ofMillis(4L * TRANSIENT_MILLIS)).run(new Cell(scenario, Variant.LEAKY, kind, 1));
        assertThat(result.observedStuck()).as(result.toString()).isZero();
        assertThat(result.asExpected()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("transientWaits")
    void theLabSaysWhenItCannotTell(Scenario scenario, ThreadKind kind) throws InterruptedException {
        CellResult result =
                new Lab(Duration.ofMillis(TRANSIENT_MILLIS / 3)).run(new Cell(scenario, Variant.LEAKY, kind, 1));
        assertThat(result.observedStuck()).as(result.toString()).isZero();
        assertThat(result.complaints()).isNotEmpty();
    }

    private static CellResult receiver(Other other, ThreadKind kind) throws InterruptedException {
        return new Lab(PATIENCE).run(new Cell(new Receives(other), Variant.LEAKY, kind, 1));
    }

    @ParameterizedTest
    @EnumSource
    void whatRestsBesideItWakesNobody(ThreadKind kind) throws InterruptedException {
        CellResult result = receiver(
                (threads, channel) -> {
                    ExecutorService cached = threads.closing(Executors.newCachedThreadPool());
                    cached.submit(() -> 1).get();
                    ScheduledExecutorService idle = threads.closing(Executors.newScheduledThreadPool(1));
                    idle.submit(() -> 1).get();
                    CompletableFuture.supplyAsync(() -> 1).get();
                    new CompletableFuture<>()
                            .completeOnTimeout(1, 1, TimeUnit.MILLISECONDS)
                            .get();
                },
                kind);
        assertThat(result.complaints()).isEmpty();
        assertThat(result.observedStuck()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineThatWasSetBeforeTheCellWakesNobodyOfIt(ThreadKind kind) throws InterruptedException {
        try (Context older = Context.background().withTimeout(Duration.ofHours(1))) {
            CellResult result = receiver((threads, channel) -> {}, kind);
            assertThat(result.asExpected()).as(result.toString()).isTrue();
            assertThat(older.isDone()).isFalse();
        }
    }

    /** Up to JDK 24 a timer sleeps on when its task is taken back. */
    @ParameterizedTest
    @EnumSource
    void aTimerWhoseTaskWasTakenBackWakesNobody(ThreadKind kind) throws InterruptedException {
        Thread sleeper = Thread.ofVirtual()
                .start(() -> LockSupport.parkNanos(Duration.ofDays(1).toNanos()));
        CompletableFuture<Integer> answered = new CompletableFuture<Integer>().orTimeout(1, TimeUnit.DAYS);
        until(() -> sleeper.getState() == Thread.State.TIMED_WAITING);
        sleeper.interrupt();
        answered.complete(1);
        assertThat(sleeper.join(PATIENCE)).isTrue();

        CellResult result = receiver((threads, channel) -> {}, kind);
        assertThat(result.asExpected()).as(result.toString()).isTrue();
    }

    @Leak(
            id = "sleeps-long",
            family = Family.CANCELLATION,
            stuck = 1,
            waits = Waits.SLEEPING,
            at = "Thread.sleep",
            cause = "c",
            cure = "c")
    static class SleepsLong implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("sleeper", () -> Thread.sleep(Duration.ofMinutes(1)));
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Test
    void oneSleepOfAPlatformThreadIsNoLoopHoweverLong() throws InterruptedException {
        CellResult result = new Lab(Duration.ofMillis(2_500))
                .run(new Cell(new SleepsLong(), Variant.LEAKY, ThreadKind.PLATFORM, 1));
        assertThat(result.observedStuck()).as(result.toString()).isZero();
    }

    @Test
    void aThreadThatSleepsBesideItIsNamed() throws InterruptedException {
        CellResult result = new Lab(Duration.ofMillis(TRANSIENT_MILLIS / 3))
                .run(new Cell(new Receives(Ends.SIBLING), Variant.LEAKY, ThreadKind.PLATFORM, 1));
        assertThat(result.complaints())
                .hasSize(2)
                .anySatisfy(complaint -> assertThat(complaint)
                        .startsWith("cannot tell whether 1 thread at Channel.receive will move on:"
                                + " these may still do something about it: \"sibling\" (timed waiting)"))
                .contains("these threads have not ended, and are not stuck where the class says:"
                        + " \"sibling\" (timed waiting)");
    }

    @Leak(id = "and-more", family = Family.CHANNEL, stuck = 1, at = "Channel.receive", cause = "c", cure = "c")
    static class LeavesOneMoreThanItSays implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("receiver", () -> Channel.unbuffered().receive());
            threads.start("sender", () -> Channel.<Integer>unbuffered().send(1));
        }

        @Override
        public void fixed(Threads threads) {
            threads.start("sleeper", () -> Thread.sleep(Duration.ofDays(1)));
        }
    }

    @Test
    void aThreadThatIsLeftElsewhereIsNamed() throws InterruptedException {
        Lab lab = new Lab(Duration.ofMillis(TRANSIENT_MILLIS));
        CellResult leaky = lab.run(new Cell(new LeavesOneMoreThanItSays(), Variant.LEAKY, ThreadKind.VIRTUAL, 1));
        assertThat(leaky.observedStuck()).isEqualTo(1);
        assertThat(leaky.complaints())
                .containsExactly("these threads have not ended, and are not stuck where the class says:"
                        + " \"sender\" (waiting)");
        CellResult fixed = lab.run(new Cell(new LeavesOneMoreThanItSays(), Variant.FIXED, ThreadKind.VIRTUAL, 1));
        assertThat(fixed.asExpected()).as(fixed.toString()).isFalse();
    }
}
