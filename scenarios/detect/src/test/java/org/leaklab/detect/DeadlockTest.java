package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.TaskGroup;
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
            assertThat(Deadlock.looks(circles)).isEqualTo(kind == ThreadKind.VIRTUAL ? 10 : 3);
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

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource
    void whoWaitsWithALimitGoesOn(ThreadKind kind) throws InterruptedException {
        Mutex first = new Mutex();
        Mutex second = new Mutex();
        ReentrantLock third = new ReentrantLock();
        ReentrantLock fourth = new ReentrantLock();
        CyclicBarrier mutexes = new CyclicBarrier(2);
        CyclicBarrier locks = new CyclicBarrier(2);
        try (Launcher threads = Launcher.of(kind)) {
            threads.start("forth", () -> lockBoth(first, second, mutexes));
            threads.start("back in time", () -> {
                second.lock();
                mutexes.await();
                assertThat(first.tryLock(HOUR)).isTrue();
            });
            threads.start("lock forth", () -> {
                third.lock();
                locks.await();
                fourth.lockInterruptibly();
            });
            threads.start("lock back in time", () -> {
                fourth.lock();
                locks.await();
                assertThat(third.tryLock(HOUR.toSeconds(), TimeUnit.SECONDS)).isTrue();
            });
            until(() -> first.waiting() == 1
                    && second.waiting() == 1
                    && third.hasQueuedThreads()
                    && fourth.hasQueuedThreads());
            awaitStates(threads, 2);
            assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoseTaskHasADeadlineGoesOn(ThreadKind kind) throws InterruptedException {
        Mutex first = new Mutex();
        Mutex second = new Mutex();
        CyclicBarrier both = new CyclicBarrier(2);
        try (Launcher threads = Launcher.of(kind);
                Context context = Context.background().withTimeout(HOUR);
                TaskGroup group = TaskGroup.open(context, threads)) {
            group.fork("forth", () -> {
                lockBoth(first, second, both);
                return 1;
            });
            group.fork("back", () -> {
                lockBoth(second, first, both);
                return 2;
            });
            until(() -> first.waiting() == 1 && second.waiting() == 1);
            awaitWaiting(threads);
            assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
        }
    }

    private static void awaitStates(Launcher threads, int timed) {
        until(() -> threads.live().stream()
                        .filter(launched -> launched.thread().getState() == Thread.State.TIMED_WAITING)
                        .count()
                == timed);
    }

    @ParameterizedTest
    @EnumSource
    void aLockWhoseOwnerHasEnded(ThreadKind kind) throws InterruptedException {
        ReentrantLock orphan = new ReentrantLock();
        try (Launcher threads = Launcher.of(kind)) {
            assertThat(threads.start("dies", orphan::lock).join(PATIENCE)).isTrue();
            threads.start("heir", orphan::lockInterruptibly);
            awaitWaiting(threads);
            until(orphan::hasQueuedThreads);
            assertThat(Deadlock.find(ThreadSource.of(threads)))
                    .extracting(Deadlock.Circle::sentence)
                    .containsExactly("heir waits for java.util.concurrent.locks.ReentrantLock$NonfairSync,"
                            + " whose owner has ended");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCircleOverALockAndAMonitorOfThreadsOfBothKinds(ThreadKind monitorFirst) {
        Object monitor = new Object();
        ReentrantLock lock = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        Launcher virtual = Launcher.of(ThreadKind.VIRTUAL);
        Launcher platform = Launcher.of(ThreadKind.PLATFORM);
        Launcher one = monitorFirst == ThreadKind.VIRTUAL ? virtual : platform;
        try (virtual;
                platform) {
            one.start("monitor first", () -> {
                synchronized (monitor) {
                    both.await();
                    lock.lockInterruptibly();
                }
            });
            (one == virtual ? platform : virtual).start("lock first", () -> {
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
            ThreadSource jvm = ThreadSource.jvm();
            if (Runtime.version().feature() >= 26) {
                until(() -> !Deadlock.find(jvm).isEmpty());
                assertThat(Deadlock.find(jvm))
                        .singleElement()
                        .satisfies(circle -> assertThat(circle.sentence())
                                .contains("lock first waits for java.lang.Object, held by monitor first")
                                .contains(
                                        "monitor first waits for java.util.concurrent.locks.ReentrantLock$NonfairSync,"
                                                + " held by lock first"));
            } else {
                until(() -> !Deadlock.report(jvm).notes().isEmpty());
                assertThat(Deadlock.report(jvm).notes())
                        .anyMatch(note -> note.startsWith("cannot see who holds the monitors that 1 thread waits for")
                                && note.contains(
                                        "detect " + ProcessHandle.current().pid()));
            }
            one.close(); // its thread can be interrupted, and lets the other one go on
        }
    }

    /** In JVMs of their own: nothing ends these threads. */
    @Test
    void monitorsOfVirtualThreads() throws Exception {
        List<String> options = new ArrayList<>(OtherJvm.words(JvmThreads.OPEN));
        options.add(
                "-Djdk.virtualThreadScheduler.parallelism=4"); // who waits for a monitor keeps its carrier before 24
        String said = OtherJvm.run(options, MonitorCircle.class);
        if (Runtime.version().feature() >= 26) {
            assertThat(said)
                    .contains("forth waits for java.lang.Object, held by back")
                    .contains("lock forth waits for java.util.concurrent.locks.ReentrantLock$NonfairSync,"
                            + " held by lock back")
                    .doesNotContain("cannot see");
        } else {
            assertThat(said)
                    .contains("0 threads")
                    .contains("cannot see who holds the monitors that 2 threads wait for")
                    .contains("cannot see who holds the locks of java.util.concurrent that 2 threads wait for: run the"
                            + " JVM with " + Deadlock.OPEN);
        }
    }

    /** An unlock hands the mutex to the first of the line, and this thread may not have run yet. */
    @ParameterizedTest
    @EnumSource
    void whoWasHandedTheMutexAndHasNotRunDoesNotWaitForItself(ThreadKind kind) {
        Mutex handed = new Mutex();
        AtomicBoolean runs = new AtomicBoolean();
        try (Launcher threads = Launcher.of(kind)) {
            Launched heir = threads.start("heir", () -> {
                handed.lock();
                while (!runs.get()) {
                    LockSupport.park(handed);
                }
                handed.unlock();
            });
            until(() -> LockSupport.getBlocker(heir.thread()) == handed);
            awaitWaiting(threads);
            assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
            threads.start("next in line", () -> {
                handed.lock();
                handed.unlock();
            });
            until(() -> handed.waiting() == 1);
            awaitWaiting(threads);
            assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
            runs.set(true);
            LockSupport.unpark(heir.thread());
            assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The one in line is a thread that the source does not have. */
    @ParameterizedTest
    @EnumSource
    void whoWasHandedTheMutexDoesNotWaitForItselfWhoeverStandsInLine(ThreadKind kind) throws InterruptedException {
        Mutex handed = new Mutex();
        AtomicBoolean runs = new AtomicBoolean();
        try (Launcher threads = Launcher.of(kind);
                Launcher others = Launcher.of(kind)) {
            Launched heir = threads.start("heir", () -> {
                handed.lock();
                while (!runs.get()) {
                    LockSupport.park(handed);
                }
                handed.unlock();
            });
            until(() -> LockSupport.getBlocker(heir.thread()) == handed);
            others.start("next in line", () -> {
                handed.lock();
                handed.unlock();
            });
            until(() -> handed.waiting() == 1);
            awaitWaiting(threads);
            List<Deadlock.Circle> circles = Deadlock.find(ThreadSource.of(threads));
            runs.set(true);
            LockSupport.unpark(heir.thread());
            assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
            assertThat(others.awaitLive(0, PATIENCE)).isTrue();
            assertThat(circles).isEmpty();
        }
    }

    /** Each look sees another owner, which may have ended right after it. */
    @ParameterizedTest
    @EnumSource
    void ownersThatEndAreNoDeadlock(ThreadKind kind) {
        Object monitor = new Object();
        try (Launcher threads = Launcher.of(kind)) {
            for (int i = 0; i < 100; i++) {
                threads.start("brief", () -> {
                    synchronized (monitor) {
                        Thread.sleep(3);
                    }
                });
            }
            do {
                assertThat(Deadlock.find(ThreadSource.of(threads))).isEmpty();
            } while (threads.liveCount() > 0);
        }
    }

    @Test
    void twoLooksSeeTheSameWaitOnlyIfTheLockAndItsOwnerAreTheSame() {
        Thread waits = Thread.ofVirtual().unstarted(() -> {});
        Thread one = Thread.ofVirtual().unstarted(() -> {});
        Thread other = Thread.ofVirtual().unstarted(() -> {});
        LockWaits.Wait wait = new LockWaits.Wait(waits, 3, "a mutex", 7, one, true);
        assertThat(wait.holder()).isNull();
        assertThat(wait)
                .isEqualTo(new LockWaits.Wait(waits, 3, "a mutex", 7, one, true))
                .isNotEqualTo(new LockWaits.Wait(waits, 4, "a mutex", 7, one, true))
                .isNotEqualTo(new LockWaits.Wait(waits, 3, "a mutex", 8, one, true))
                .isNotEqualTo(new LockWaits.Wait(waits, 3, "a mutex", 7, other, true))
                .isNotEqualTo(new LockWaits.Wait(waits, 3, "a mutex", 7, one, false));
    }

    /** In a JVM that does not show owners of locks: it cannot tell that the owner has ended, and says so. */
    @Test
    void aLockWhoseOwnerHasEndedIsCountedWhereItCannotBeSeen() throws Exception {
        assertThat(OtherJvm.run(List.of(), OrphanedLocks.class))
                .contains("PLATFORM 0 threads, cannot see who holds the locks of java.util.concurrent that 1 thread")
                .contains("VIRTUAL 0 threads, cannot see who holds the locks of java.util.concurrent that 1 thread");
    }
}
