package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.ThreadKind;

/** Plants circles of waiting threads, and waits that are none. */
class DeadlockTest {

    private static void awaitWaiting(Launcher threads) {
        until(() -> threads.live().stream()
                .allMatch(launched -> launched.thread().getState() == Thread.State.WAITING
                        || launched.thread().getState() == Thread.State.BLOCKED));
    }

    /** The circles, once there is one: before, the threads may still wait at the barrier. */
    private static List<Deadlock.Circle> awaitCircles(Launcher threads) {
        until(() -> !Deadlock.find(ThreadSource.of(threads)).isEmpty());
        return Deadlock.find(ThreadSource.of(threads));
    }

    @ParameterizedTest
    @EnumSource
    void twoMutexesInOppositeOrder(ThreadKind kind) {
        Mutex first = new Mutex();
        Mutex second = new Mutex();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Launcher threads = Launcher.of(kind)) {
            threads.start("forth", () -> lockBoth(first, second, both));
            threads.start("back", () -> lockBoth(second, first, both));
            List<Deadlock.Circle> circles = awaitCircles(threads);
            assertThat(circles).singleElement().satisfies(circle -> {
                assertThat(circle.threads()).hasSize(2);
                assertThat(circle.sentence())
                        .isIn(
                                "forth waits for a mutex, held by back; back waits for a mutex, held by forth",
                                "back waits for a mutex, held by forth; forth waits for a mutex, held by back");
            });
            assertThat(Deadlock.report(ThreadSource.of(threads)).count()).isEqualTo(2);
        }
    }

    private static void lockBoth(Mutex own, Mutex other, CyclicBarrier both) throws Exception {
        own.lock();
        both.await();
        other.lock();
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatWaitsForItselfAndOneWhoseOwnerDied(ThreadKind kind) throws InterruptedException {
        Mutex relocked = new Mutex();
        Mutex orphan = new Mutex();
        try (Launcher threads = Launcher.of(kind)) {
            assertThat(threads.start("dies", orphan::lock).join(PATIENCE)).isTrue();
            threads.start("itself", () -> {
                relocked.lock();
                relocked.lock();
            });
            threads.start("heir", orphan::lock);
            awaitWaiting(threads);
            assertThat(Deadlock.find(ThreadSource.of(threads)))
                    .extracting(Deadlock.Circle::sentence)
                    .containsExactlyInAnyOrder(
                            "itself waits for a mutex, held by itself",
                            "heir waits for a mutex, whose owner has ended");
        }
    }

    @Test
    void monitorsAndLocksOfPlatformThreads() throws InterruptedException {
        Object monitor = new Object();
        ReentrantLock lock = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Launcher threads = Launcher.of(ThreadKind.PLATFORM)) {
            threads.start("monitor first", () -> {
                synchronized (monitor) {
                    both.await();
                    lock.lockInterruptibly();
                }
            });
            threads.start("lock first", () -> {
                lock.lock();
                try {
                    both.await();
                    synchronized (monitor) {
                        assertThat(lock.isHeldByCurrentThread()).isTrue();
                    }
                } finally {
                    lock.unlock();
                }
            });
            List<Deadlock.Circle> circles = awaitCircles(threads);
            assertThat(circles)
                    .singleElement()
                    .satisfies(circle -> assertThat(circle.threads()).hasSize(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsThatAreNoCircle(ThreadKind kind) throws InterruptedException {
        Mutex held = new Mutex();
        try (Launcher threads = Launcher.of(kind)) {
            threads.start("holder", () -> {
                held.lock();
                Channel.nil().receive();
            });
            until(() -> held.owner() != null);
            threads.start("waits for the holder", held::lock);
            awaitWaiting(threads);
            assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
        }
    }
}
