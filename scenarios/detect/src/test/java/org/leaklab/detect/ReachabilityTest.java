package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.probe.LetGo;
import org.leaklab.detect.probe.Suspect;
import org.leaklab.detect.probe.Unseen;

/** Plants leaks and threads that are not leaked, and looks whether a probe tells them apart. */
class ReachabilityTest {

    private static final Channel<Integer> STATIC = Channel.unbuffered();

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final Reachability reachability = Reachability.of(threads);

    private static volatile boolean over;

    @AfterEach
    void free() {
        over = true;
        reachability.close();
        threads.close();
    }

    @BeforeEach
    void begin() {
        over = false;
    }

    private void leak(int count) {
        for (int i = 0; i < count; i++) {
            Channel<Integer> lost = Channel.unbuffered();
            threads.start("sender", () -> lost.send(1));
        }
    }

    private void awaitParked(int count) {
        until(() -> parked() == count);
    }

    private long parked() {
        return threads.live().stream()
                .filter(launched -> launched.thread().getState() == Thread.State.WAITING)
                .count();
    }

    @Test
    void aThreadThatNobodyReachesIsFoundWithItsPlace() throws InterruptedException {
        leak(10);
        awaitParked(10);

        Finding finding = reachability.probe();

        assertThat(finding.sound()).isTrue();
        assertThat(finding.leaked().count()).isEqualTo(10);
        assertThat(finding.leaked().groups()).singleElement().satisfies(group -> {
            assertThat(group.waitsOn()).isEqualTo(Channel.class.getName());
            assertThat(group.creator()).isEqualTo(Thread.currentThread().getName());
            assertThat(group.stack()).anyMatch(frame -> frame.getMethodName().contains("leak"));
        });
        assertThat(finding.alive()).isZero();
        assertThat(threads.liveCount()).isEqualTo(10);
    }

    @Test
    void whatWasFoundIsReportedAgainAndNoThreadIsLost() throws InterruptedException {
        leak(3);
        awaitParked(3);
        assertThat(reachability.probe().leaked().count()).isEqualTo(3);
        leak(2);
        awaitParked(5);
        assertThat(reachability.probe().leaked().count()).isEqualTo(5);
        assertThat(threads.live()).hasSize(5);
    }

    @Test
    void aliveIsWhatAStaticAThreadOrATimerReaches() throws InterruptedException {
        Channel<Integer> held = Channel.unbuffered();
        CountDownLatch end = new CountDownLatch(1);
        threads.start("on a static", STATIC::receive);
        threads.start("on what the test holds", held::receive);
        threads.start("sleeps", () -> Thread.sleep(Duration.ofHours(1)));
        threads.start("on a latch that the test holds", end::await);
        Thread holder = Thread.ofPlatform().daemon().start(holding(new SynchronousQueue<>()));
        awaitParked(4);

        Finding finding = reachability.probe();

        assertThat(finding.sound()).isTrue();
        assertThat(finding.leaked().groups()).isEmpty();
        assertThat(finding.alive()).isEqualTo(5);
        holder.interrupt();
        holder.join();
        assertThat(held.waitingReceivers()).isEqualTo(1); // and here the test still holds it
        assertThat(end.getCount()).isEqualTo(1);
    }

    /** A platform thread whose stack alone reaches a queue that a virtual thread waits on. */
    private Runnable holding(SynchronousQueue<Integer> queue) {
        threads.start("on a queue that a running thread holds", queue::take);
        return () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Reference.reachabilityFence(queue);
            }
        };
    }

    @Test
    void whoHoldsTheThreadCanInterruptIt() throws InterruptedException {
        Launched launched = threads.start("held", () -> Channel.nil().receive());
        awaitParked(1);
        assertThat(reachability.probe().leaked().count()).isZero();
        assertThat(launched.isLive()).isTrue();
    }

    @Test
    void aLeakedChainIsFoundWhole() throws InterruptedException {
        chain(20);
        awaitParked(20);
        assertThat(reachability.probe().leaked().count()).isEqualTo(20);
    }

    /** Each thread holds what the next one waits on; nobody else does. */
    private void chain(int length) {
        Channel<Integer> own = Channel.unbuffered();
        for (int i = 0; i < length; i++) {
            Channel<Integer> next = Channel.unbuffered();
            Channel<Integer> waitsOn = own;
            threads.start("link", () -> {
                waitsOn.receive();
                next.close();
            });
            own = next;
        }
    }

    @Test
    void reapingRunsFinallyBlocksAndNamesWhoIgnoresIt() throws InterruptedException {
        AtomicInteger cleaned = new AtomicInteger();
        leakWithCleanUp(cleaned);
        leakThatIgnoresInterrupts();
        awaitParked(2);
        assertThat(reachability.probe().leaked().count()).isEqualTo(2);

        List<Launched> left = reachability.reap(Duration.ofMillis(200));

        assertThat(cleaned).hasValue(1);
        assertThat(left)
                .singleElement()
                .satisfies(ignorant -> assertThat(ignorant.name()).isEqualTo("deaf"));
    }

    private void leakWithCleanUp(AtomicInteger cleaned) {
        threads.start("clean", () -> {
            try {
                Channel.nil().receive();
            } finally {
                cleaned.incrementAndGet();
            }
        });
    }

    private void leakThatIgnoresInterrupts() {
        threads.start("deaf", () -> {
            while (!over) {
                try {
                    Channel.nil().receive();
                } catch (InterruptedException e) {
                    // heeds it only when the test is over
                }
            }
        });
    }

    @Test
    void whatItCannotSeeIsUnknown() throws InterruptedException {
        Object monitor = new Object();
        Launcher platform = Launcher.of(ThreadKind.PLATFORM);
        try (Reachability ofPlatform = Reachability.of(platform)) {
            platform.start("platform", () -> Channel.nil().receive());
            threads.start("monitor", () -> {
                synchronized (monitor) {
                    monitor.wait();
                }
            });
            awaitParked(1);

            assertThat(ofPlatform.probe().unknown()).containsOnlyKeys(Unseen.PLATFORM);
            Finding finding = reachability.probe();
            assertThat(finding.leaked().count()).isZero();
            if (Runtime.version().feature() >= 24) { // before, waiting for a monitor pins: it is not even unmounted
                assertThat(finding.unknown()).containsEntry(Unseen.MONITOR, 1);
            }
        } finally {
            platform.close();
        }
    }

    @Test
    void threadsOfBeforeAreUnknown() throws InterruptedException {
        Launcher earlier = Launcher.of(ThreadKind.VIRTUAL);
        try (earlier) {
            Launched early = earlier.start("early", () -> Channel.nil().receive());
            until(() -> early.thread().getState() == Thread.State.WAITING);
            try (Reachability late = Reachability.of(earlier)) {
                assertThat(late.probe().unknown()).containsEntry(Unseen.EARLIER, 1);
            }
        }
    }

    @Test
    void churnOfShortThreadsIsNeverReportedAndNeverLost() throws InterruptedException {
        int rounds = 20;
        int each = 2_000;
        AtomicInteger ended = new AtomicInteger();
        leak(5);
        awaitParked(5);
        Thread churning = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < rounds; i++) {
                List<Launched> batch = new ArrayList<>();
                Channel<Integer> channel = Channel.unbuffered();
                for (int k = 0; k < each / 2; k++) {
                    batch.add(threads.start("sender", () -> {
                        channel.send(1);
                        ended.incrementAndGet();
                    }));
                    batch.add(threads.start("receiver", () -> {
                        channel.receive();
                        ended.incrementAndGet();
                    }));
                }
            }
        });
        int probes = 0;
        do {
            assertThat(reachability.probe().leaked().count()).isEqualTo(5);
            probes++;
        } while (churning.isAlive());
        churning.join();
        assertThat(threads.awaitLive(5, PATIENCE)).isTrue();
        assertThat(ended).hasValue(rounds * each);
        assertThat(probes).isPositive();
    }

    /** The end of a thread after a probe must not look as if the probe had found it gone. */
    @Test
    @SuppressWarnings("SystemGc")
    void whoEndsAfterTheProbeWasNotLeaked() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        threads.start("ends later", end::await);
        awaitParked(1);
        List<Suspect> suspects;
        try (LetGo letGo = LetGo.of(threads, launched -> true, true)) {
            suspects = letGo.suspects();
        }
        assertThat(suspects).hasSize(1);
        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        for (int i = 0; i < 3; i++) {
            WeakReference<Object> garbage = new WeakReference<>(new Object());
            while (garbage.get() != null) {
                System.gc();
            }
        }
        assertThat(suspects).noneMatch(Suspect::isLeaked);
    }

    @Test
    void oneProbeAtATime() {
        try (var letGo = LetGo.of(threads, launched -> true, false)) {
            assertThat(letGo.suspects()).isEmpty();
            assertThatThrownBy(() -> LetGo.of(threads, launched -> true, false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one probe at a time");
        }
    }
}
