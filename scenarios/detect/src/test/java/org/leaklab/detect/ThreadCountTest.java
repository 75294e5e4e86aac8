package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** The count sees a planted leak and nothing that has ended; the alarms heed what they are for and nothing else. */
class ThreadCountTest {

    @ParameterizedTest
    @EnumSource
    void theDifferenceIsWhatABlockLeavesBehind(ThreadKind kind) throws Exception {
        try (Launcher threads = Launcher.of(kind)) {
            threads.start("before", () -> Channel.unbuffered().receive());
            ThreadCount more = ThreadCount.during(ThreadSource.of(threads), () -> {
                        threads.start("leak", () -> Channel.unbuffered().receive());
                        Launched brief = threads.start("brief", () -> {});
                        assertThat(brief.join(PATIENCE)).isTrue();
                        return threads.awaitLive(2, PATIENCE);
                    })
                    .more();
            assertThat(more.all()).isEqualTo(1);
            assertThat(kind == ThreadKind.VIRTUAL ? more.virtual() : more.platform())
                    .isEqualTo(1);
            assertThat(ThreadCount.of(ThreadSource.of(threads)).all()).isEqualTo(2);
        }
    }

    @Test
    void theWholeJvmHasTheTestsOwnThreadAndEveryLaunchers() {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            Launched leak = threads.start("leak", () -> Channel.unbuffered().receive());
            assertThat(ThreadSource.jvm().threads())
                    .anyMatch(watched -> watched.thread() == Thread.currentThread())
                    .anyMatch(watched -> watched.launched() == leak);
            assertThat(ThreadSource.jvm().scope()).contains(JvmThreads.seesVirtual() ? "all threads" : JvmThreads.OPEN);
        }
    }

    @Test
    void theAlarmGoesOffOverTheThresholdAndOnGrowth() {
        Queue<String> alarms = new ConcurrentLinkedQueue<>();
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                CountAlarm alarm =
                        CountAlarm.start(ThreadSource.of(threads), Duration.ofMillis(1), 10, 2, alarms::add)) {
            until(() -> {
                threads.start("leak", () -> Channel.unbuffered().receive());
                return alarms.stream().anyMatch(said -> said.startsWith("stuck threads growing"))
                        && alarms.stream().anyMatch(said -> said.startsWith("more threads than 10"));
            });
            assertThat(alarm.last()).isNotNull();
        }
        assertThat(alarms)
                .filteredOn(said -> said.startsWith("more threads than 10"))
                .hasSize(1);
    }

    @Test
    void aListenerMayCloseTheAlarm() throws InterruptedException {
        AtomicReference<CountAlarm> alarm = new AtomicReference<>();
        AtomicReference<Thread> sampler = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        alarm.set(CountAlarm.start(ThreadSource.jvm(), Duration.ofMillis(1), 0, 100, said -> {
            sampler.set(Thread.currentThread());
            try {
                known.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            alarm.get().close();
        }));
        known.countDown();
        until(() -> sampler.get() != null);
        sampler.get().join(PATIENCE.toMillis());
        assertThat(sampler.get().isAlive()).isFalse();
    }

    @Test
    void closingWaitsForTheListenerAlsoWhenInterrupted() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        CountAlarm alarm = CountAlarm.start(ThreadSource.jvm(), Duration.ofMillis(1), 0, 100, said -> {
            called.countDown();
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException e) {
                ended.set(true); // the interrupt of the thread that closes has been handed on
            }
        });
        called.await();
        Thread.currentThread().interrupt();
        alarm.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void aWindowTakesTime() {
        assertThatThrownBy(() -> CountAlarm.start(ThreadSource.jvm(), Duration.ZERO, 1, 1, alarm -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the window must be longer than zero");
    }

    @Test
    void theAlarmNeedsGrowthInEveryWindow() {
        GrowthAlarm alarm = new GrowthAlarm(2);
        assertThat(alarm.sample(5)).isEmpty();
        assertThat(alarm.sample(6)).isEmpty();
        assertThat(alarm.sample(6)).isEmpty();
        assertThat(alarm.sample(7)).isEmpty();
        assertThat(alarm.sample(9))
                .hasValueSatisfying(message -> assertThat(message).contains("6, 7, 9 over 2 windows"));
        assertThat(alarm.sample(3)).isEmpty();
    }
}
