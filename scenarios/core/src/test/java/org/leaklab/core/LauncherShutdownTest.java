package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Shutting a launcher down ends whatever is left, or says what cannot be ended. */
class LauncherShutdownTest extends CoreTest {

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM; // threads that spin keep carriers
    }

    private void assertShutsDown() throws InterruptedException {
        List<Launched> live = threads.live();
        assertThat(threads.shutdownNow(PATIENCE)).isEmpty();
        assertThat(live).noneMatch(Launched::isLive);
        assertThat(live).noneMatch(launched -> launched.thread().isAlive());
    }

    @Test
    void itEndsWhatParksAndWhatSleeps() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        threads.start("parked", channel::receive);
        Launched sleeping = threads.start("sleeping", () -> Thread.sleep(Duration.ofHours(1)));
        until(() -> channel.waitingReceivers() == 1);
        until(() -> sleeping.thread().getState() == Thread.State.TIMED_WAITING);
        assertShutsDown();
        assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void itEndsWhatSwallowsInterrupts() throws InterruptedException {
        CountDownLatch asleep = new CountDownLatch(1);
        threads.start("stubborn", () -> {
            for (int swallowed = 0; swallowed < 3; ) {
                try {
                    asleep.countDown();
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    swallowed++;
                }
            }
        });
        asleep.await();
        assertShutsDown();
    }

    @Test
    void itSaysWhatCannotBeEnded() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        threads.start("meek", () -> Channel.nil().receive());

        assertThat(threads.shutdownNow(Duration.ofMillis(100))).containsExactly(stubborn);
        assertThat(threads.shutdownNow(Duration.ZERO)).containsExactly(stubborn);
        assertThat(threads.liveCount()).isEqualTo(1);

        letGo.set(true);
        assertShutsDown();
    }

    @Test
    void afterwardsItStartsNothing() throws InterruptedException {
        assertShutsDown();
        assertThatThrownBy(() -> threads.start("late", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"late\"");
        assertThatThrownBy(() -> threads.factory("made").newThread(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> threads.executor("pool").execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(threads.liveCount()).isZero();
    }

    @Test
    void whatStartsDuringAShutdownEndsOrIsRefused() throws Exception {
        for (int race = 0; race < 200; race++) {
            Launcher racing = Launcher.of(kind);
            CyclicBarrier start = new CyclicBarrier(2);
            Call<Void> starter = go(() -> {
                start.await();
                try {
                    racing.start("late", () -> Channel.nil().receive());
                } catch (IllegalStateException e) {
                    // refused
                }
            });
            start.await();
            assertThat(racing.shutdownNow(PATIENCE)).isEmpty();
            assertThat(starter.failure()).isNull();
            assertThat(racing.awaitLive(0, PATIENCE)).isTrue();
        }
    }

    @Test
    void closingIsShuttingDown() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Launched blocked;
        try (Launcher own = Launcher.of(kind)) {
            blocked = own.start("blocked", channel::receive);
            until(() -> channel.waitingReceivers() == 1);
        }
        assertThat(blocked.isLive()).isFalse();
        assertThat(blocked.join(PATIENCE)).isTrue();
        assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void whoShutsDownCanBeInterrupted() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.shutdownNow(PATIENCE)).isInstanceOf(InterruptedException.class);
        letGo.set(true);
        assertThat(stubborn.join(PATIENCE)).isTrue();
    }
}
