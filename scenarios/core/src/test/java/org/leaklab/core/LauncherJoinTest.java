package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.AllBlockedException;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;
import org.leaklab.testing.Eventually;
import org.leaklab.testing.Outsider;

/** Joining a launcher: until all have ended, unless those that are left can never end. */
class LauncherJoinTest extends CoreTest {

    /** Longer than the launcher watches a standstill before it calls it one. */
    private static final Duration LONG = Duration.ofMillis(300);

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM; // threads that compute keep carriers
    }

    @Test
    void itWaitsUntilAllHaveEnded() throws InterruptedException {
        threads.join();
        Channel<Integer> channel = Channel.unbuffered();
        Call<Integer> receiver = call(channel::receive);
        go(() -> channel.send(1));
        threads.join();
        assertThat(threads.liveCount()).isZero();
        assertThat(receiver.value()).isEqualTo(1);
    }

    @Test
    void twoThatHoldEachOthersMutexAreADeadlock() throws InterruptedException {
        Mutex first = new Mutex();
        Mutex second = new Mutex();
        CountDownLatch both = new CountDownLatch(2);
        Launched one = threads.start("one", () -> lockBoth(first, second, both));
        Launched other = threads.start("other", () -> lockBoth(second, first, both));

        assertThatThrownBy(threads::join)
                .isInstanceOfSatisfying(
                        AllBlockedException.class,
                        deadlock -> assertThat(deadlock.blocked()).containsExactly(one, other))
                .hasMessageContaining("all tasks blocked (deadlock): 2 live")
                .hasMessageContaining("\"one\" at ");

        assertThat(first.waiting() + second.waiting()).isEqualTo(2);
        assertThat(threads.shutdownNow(Eventually.PATIENCE)).isEmpty();
    }

    private static void lockBoth(Mutex mine, Mutex yours, CountDownLatch both) throws InterruptedException {
        mine.lock();
        try {
            both.countDown();
            both.await();
            yours.lock();
            yours.unlock();
        } finally {
            mine.unlock();
        }
    }

    @Test
    void itSaysWhereTheyAreBlocked() throws InterruptedException {
        threads.start("sender", Outsider::sendToNobody);
        assertThatThrownBy(threads::join)
                .isInstanceOf(AllBlockedException.class)
                .hasMessageContaining(Outsider.class.getSimpleName() + ".java:");
        assertThat(threads.shutdownNow(Eventually.PATIENCE)).isEmpty();
    }

    @Test
    void ofManyThatAreBlockedItShowsTen() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            threads.start("blocked", () -> Channel.nil().receive());
        }
        assertThatThrownBy(threads::join)
                .isInstanceOf(AllBlockedException.class)
                .hasMessageContaining("12 live")
                .hasMessageEndingWith(" and 2 more");
        assertThat(threads.shutdownNow(Eventually.PATIENCE)).isEmpty();
    }

    @Test
    void whileOneComputesOrSleepsItIsNoDeadlock() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Integer> blocked = call(channel::receive);
        go(() -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < LONG.toNanos()) {
                Thread.onSpinWait();
            }
            Thread.sleep(LONG);
            channel.send(1);
        });
        threads.join();
        assertThat(blocked.value()).isEqualTo(1);
    }

    @Test
    void whileOneWaitsWithATimeoutItIsNoDeadlock() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Received<Integer>> timed = call(() -> channel.receive(LONG));
        Call<Void> blocked = go(() -> {
            until(() -> timed.thread().getState() == Thread.State.TIMED_WAITING);
            channel.send(1);
        });
        Call<Received<Object>> other = call(() -> Channel.nil().receive(LONG));
        threads.join();
        assertThat(timed.value()).isEqualTo(new Value<>(1));
        assertThat(blocked.failure()).isNull();
        assertThat(other.value()).isEqualTo(new Late<>());
    }

    @Test
    void theJoinerCanBeInterrupted() {
        Launcher outside = Launcher.of(ThreadKind.PLATFORM);
        CountDownLatch end = new CountDownLatch(1);
        threads.start("computing", () -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        Call<Void> joiner = new Call<>(outside, "joiner", () -> {
            threads.join();
            return null;
        });
        joiner.interrupt();
        assertThat(joiner.failure()).isInstanceOf(InterruptedException.class);
        end.countDown();
    }
}
