package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.lab.TransientWaits.MILLIS;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.TransientWaits.Ends;
import org.leaklab.lab.TransientWaits.Other;
import org.leaklab.lab.TransientWaits.Receives;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/** A wait that something will end is not stuck, however long it lasts; a wait that nothing will end is. */
class SettlingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static Stream<Arguments> transientWaits() {
        return TransientWaits.all()
                .flatMap(scenario -> Arrays.stream(ThreadKind.values()).map(kind -> Arguments.of(scenario, kind)));
    }

    @ParameterizedTest
    @MethodSource("transientWaits")
    void aWaitThatSomethingWillEndDoesNotCount(Scenario scenario, ThreadKind kind) throws InterruptedException {
        CellResult result = new Lab(Duration.ofMillis(3L * MILLIS)).run(new Cell(scenario, Variant.LEAKY, kind, 1));
        assertThat(result.observedStuck()).as(result.toString()).isZero();
        assertThat(result.asExpected()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("transientWaits")
    @Tag("once") // the lab says so on every JDK
    void theLabSaysWhenItCannotTell(Scenario scenario, ThreadKind kind) throws InterruptedException {
        CellResult result = new Lab(Duration.ofMillis(MILLIS / 5)).run(new Cell(scenario, Variant.LEAKY, kind, 1));
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
        CellResult result = new Lab(Duration.ofMillis(2 * MILLIS / 3))
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
        Lab lab = new Lab(Duration.ofMillis(2 * MILLIS));
        CellResult leaky = lab.run(new Cell(new LeavesOneMoreThanItSays(), Variant.LEAKY, ThreadKind.VIRTUAL, 1));
        assertThat(leaky.observedStuck()).isEqualTo(1);
        assertThat(leaky.complaints())
                .containsExactly("these threads have not ended, and are not stuck where the class says:"
                        + " \"sender\" (waiting)");
        CellResult fixed = lab.run(new Cell(new LeavesOneMoreThanItSays(), Variant.FIXED, ThreadKind.VIRTUAL, 1));
        assertThat(fixed.asExpected()).as(fixed.toString()).isFalse();
    }
}
