package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Releasing a launcher frees whatever is left, or says what cannot be freed. */
class LauncherReleaseTest extends CoreTest {

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM; // threads that spin keep carriers
    }

    private void assertReleases() throws InterruptedException {
        List<Launched> live = threads.live();
        assertThat(threads.release(PATIENCE)).isEmpty();
        assertThat(live).noneMatch(Launched::isLive);
        assertThat(live).noneMatch(launched -> launched.thread().isAlive());
    }

    @Test
    void itFreesWhatParksAndWhatSleeps() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        threads.start("parked", channel::receive);
        Launched sleeping = threads.start("sleeping", () -> Thread.sleep(Duration.ofHours(1)));
        until(() -> channel.waitingReceivers() == 1);
        until(() -> sleeping.thread().getState() == Thread.State.TIMED_WAITING);
        assertReleases();
        assertThat(channel.waitingReceivers()).isZero();
    }

    @Test
    void itFreesWhatComputesAndHeedsNothing() throws InterruptedException {
        CountDownLatch spinning = new CountDownLatch(1);
        Launched computing = threads.start("computing", () -> {
            while (true) {
                try {
                    threads.work();
                } catch (RuntimeException e) {
                    // heeds nothing
                } finally {
                    spinning.countDown();
                }
            }
        });
        spinning.await();
        assertReleases();
        assertThat(computing.failure()).isInstanceOf(Released.class);
    }

    @Test
    void itFreesWhatSwallowsInterrupts() throws InterruptedException {
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
        assertReleases();
    }

    @Test
    void itClosesResourcesTheLastFirst() throws InterruptedException {
        List<String> closed = new CopyOnWriteArrayList<>();
        threads.closing(() -> closed.add("first"));
        threads.closing(() -> {
            closed.add("second");
            throw new IOException("broken");
        });
        AutoCloseable third = () -> closed.add("third");
        assertThat(threads.closing(third)).isSameAs(third);

        assertReleases();
        assertThat(threads.release(Duration.ZERO)).isEmpty();

        assertThat(closed).containsExactly("third", "second", "first");
    }

    @Test
    void itFreesWhatBlocksOnASocket() throws Exception {
        ServerSocket server = threads.closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        CountDownLatch accepting = new CountDownLatch(1);
        threads.onFailure((launched, failure) -> {});
        Launched blocked = threads.start("accepting", () -> {
            accepting.countDown();
            server.accept();
        });
        accepting.await();
        assertReleases();
        assertThat(blocked.failure()).isInstanceOf(IOException.class);
    }

    @Test
    void itClosesWhatIsRegisteredOnlyWhenItIsUnderWay() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        Channel<Integer> never = Channel.nil();
        threads.start("late", () -> {
            try {
                never.receive();
            } catch (InterruptedException e) { // and now something that heeds no interrupt
                threads.closing(() -> closed.set(true));
                until(closed::get);
            }
        });
        until(() -> never.waitingReceivers() == 1);
        assertReleases();
    }

    @Test
    void itSaysWhatCannotBeEnded() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        threads.start("meek", () -> Channel.nil().receive());

        assertThat(threads.release(Duration.ofMillis(100))).containsExactly(stubborn);
        assertThat(threads.release(Duration.ZERO)).containsExactly(stubborn);
        assertThat(threads.liveCount()).isEqualTo(1);

        letGo.set(true);
        assertReleases();
    }

    @Test
    void afterwardsItStartsNothing() throws InterruptedException {
        assertReleases();
        assertThatThrownBy(() -> threads.start("late", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"late\"");
        assertThatThrownBy(() -> threads.factory("made").newThread(() -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> threads.executor("pool").execute(() -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(threads::work).isInstanceOf(Released.class);
        assertThat(threads.liveCount()).isZero();
    }

    @Test
    void whatStartsDuringAReleaseEndsOrIsRefused() throws Exception {
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
            assertThat(racing.release(PATIENCE)).isEmpty();
            assertThat(starter.failure()).isNull();
            assertThat(racing.awaitLive(0, PATIENCE)).isTrue();
        }
    }

    @Test
    void closingIsReleasing() throws InterruptedException {
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
    void aReleasingThreadCanBeInterrupted() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.release(PATIENCE)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        threads.close();
        assertThat(Thread.interrupted()).isTrue();
        letGo.set(true);
        assertThat(stubborn.join(PATIENCE)).isTrue();
    }
}
