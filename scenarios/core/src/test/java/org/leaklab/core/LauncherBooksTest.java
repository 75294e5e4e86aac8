package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.ThreadLimitException;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/** A launcher's books: who is on them, from when, and how long. */
class LauncherBooksTest extends CoreTest {

    private static final int RACES = 500;

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM; // stacks are filled to the end
    }

    @Test
    void aThreadCountsUntilItsFailureHandlerHasEnded() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        threads.onFailure((launched, failure) -> {
            until(() -> end.getCount() == 0);
            told.set(true);
        });
        IllegalStateException broken = new IllegalStateException("broken");
        Launched failing = threads.start("failing", () -> {
            throw broken;
        });
        until(() -> failing.failure() != null);
        assertThat(threads.awaitLive(0, Duration.ofMillis(20))).isFalse();
        assertThat(threads.live()).containsExactly(failing);
        assertThat(failing.isLive()).isTrue();
        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(told).isTrue();
        assertThat(failing.isLive()).isFalse();
        assertThat(failing.failure()).isSameAs(broken);
    }

    @Test
    void whatAFailureHandlerThrowsGoesToTheUncaughtHandlerWhileTheThreadCounts() throws InterruptedException {
        IllegalStateException broken = new IllegalStateException("handler");
        AtomicInteger counted = new AtomicInteger(-1);
        threads.onFailure((launched, failure) -> {
            launched.thread().setUncaughtExceptionHandler((thread, thrown) -> {
                if (thrown == broken) {
                    counted.set(threads.liveCount());
                }
            });
            throw broken;
        });
        threads.start("failing", () -> {
            throw new IllegalArgumentException("task");
        });
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(counted).hasValue(1);
    }

    @Test
    void aThreadThatWasMadeAndNeverStartedDoesNotCount() throws InterruptedException {
        Launcher one = Launcher.of(kind, 1);
        Thread made = one.factory("made").newThread(() -> {});
        assertThat(one.liveCount()).isZero();
        assertThat(one.live()).isEmpty();
        assertThat(one.start("next", () -> {}).join(PATIENCE)).isTrue();
        assertThat(one.awaitLive(0, PATIENCE)).isTrue();
        assertThat(made.getState()).isEqualTo(Thread.State.NEW);
        one.close();
    }

    @Test
    void aThreadOfAFactoryCountsFromItsStart() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Launcher one = Launcher.of(kind, 1);
        Thread first = one.factory("made").newThread(() -> until(() -> end.getCount() == 0));
        Thread second = one.factory("made").newThread(() -> until(() -> end.getCount() == 0));
        first.start();
        assertThat(one.liveCount()).isEqualTo(1);
        assertThat(one.live()).extracting(Launched::thread).containsExactly(first);
        assertThatThrownBy(() -> one.factory("late").newThread(() -> {})).isInstanceOf(ThreadLimitException.class);
        assertThatThrownBy(() -> one.start("late", () -> {})).isInstanceOf(ThreadLimitException.class);
        second.start(); // it was made before the limit was reached
        assertThat(one.liveCount()).isEqualTo(2);
        end.countDown();
        assertThat(one.awaitLive(0, PATIENCE)).isTrue();
        assertThat(one.start("next", () -> {}).join(PATIENCE)).isTrue();
    }

    @Test
    void hooksAreToldOfAThreadOfAFactoryWhenItRuns() throws InterruptedException {
        AtomicInteger starts = new AtomicInteger();
        AtomicInteger ends = new AtomicInteger();
        Launchers.of(threads).hooks().attach(new LaunchHook() {
            @Override
            public void starting(LiveThread thread) {
                starts.incrementAndGet();
            }

            @Override
            public void ended(LiveThread thread, @Nullable Throwable failure) {
                ends.incrementAndGet();
            }
        });
        Thread never = threads.factory("never").newThread(() -> {});
        Thread made = threads.factory("made").newThread(() -> {});
        made.start();
        assertThat(made.join(PATIENCE)).isTrue();
        assertThat(never.getState()).isEqualTo(Thread.State.NEW);
        assertThat(starts).hasValue(1);
        assertThat(ends).hasValue(1);
    }

    @Test
    void poolsThatAreShutDownWhileTheyStartLeaveNothing() throws InterruptedException {
        for (int race = 0; race < RACES; race++) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    4, 4, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads.factory("worker"));
            Launched stopper = threads.start("stopper", pool::shutdownNow);
            try {
                for (int i = 0; i < 4; i++) {
                    pool.execute(() -> {});
                }
            } catch (RejectedExecutionException e) {
                // the stopper was first
            }
            assertThat(stopper.join(PATIENCE)).isTrue();
            assertThat(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
    }

    @Test
    void aThreadOfAFactoryThatStartsAfterTheShutdownIsInterruptedAndCounts() throws InterruptedException {
        Launcher own = Launcher.of(kind);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch end = new CountDownLatch(1);
        Thread made = own.factory("made").newThread(() -> {
            interrupted.set(Thread.interrupted());
            until(() -> end.getCount() == 0);
        });
        own.close();
        made.start();
        until(interrupted::get);
        assertThat(own.liveCount()).isEqualTo(1);
        end.countDown();
        assertThat(made.join(PATIENCE)).isTrue();
        assertThatThrownBy(() -> own.factory("late").newThread(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
        assertThatThrownBy(() -> own.executor("late").execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void aStartThatFailsInAnyWayLeavesNothing() {
        for (Throwable failure : new Throwable[] {
            new StackOverflowError("hook"), new IllegalStateException("hook"), new OutOfMemoryError("hook")
        }) {
            Launcher own = Launcher.of(kind, 1);
            Launchers.of(own).hooks().attach(new LaunchHook() {
                @Override
                public boolean start(LiveThread thread) {
                    throw sneakyThrow(failure);
                }
            });
            assertThatThrownBy(() -> own.start("never", () -> {}))
                    .satisfies(thrown -> assertThat(thrown == failure || thrown.getCause() == failure)
                            .isTrue());
            assertThat(own.liveCount()).isZero();
            assertThat(own.live()).isEmpty();
        }
    }

    @Test
    void aStackOverflowInAStartLeavesNothing() throws Exception {
        int end = DeepStarts.UNDECIDED;
        for (int attempt = 0; attempt < 5 && end == DeepStarts.UNDECIDED; attempt++) {
            end = DeepStarts.inAJvmOfItsOwn(kind);
        }
        assumeTrue(end != DeepStarts.UNDECIDED, "the overflow broke the JDK's own scheduler in every attempt");
        assertThat(end).isEqualTo(DeepStarts.NOTHING_LEFT);
    }

    @Test
    void theLimitOfAGroupIsNeverAheadOfThatOfItsLauncher() throws Exception {
        Launcher four = Launcher.of(kind, 4);
        Launchers.of(four).hooks().attach(new LaunchHook() {
            @Override
            public void ended(LiveThread thread, @Nullable Throwable failure) {
                LockSupport.parkNanos(50_000); // what comes between the end of a task and that of its thread
            }
        });
        try (TaskGroup group = TaskGroup.open(Context.background(), four).limit(4)) {
            for (int i = 0; i < RACES; i++) {
                group.fork("task", () -> 1);
            }
            group.join();
        }
        for (int i = 0; i < RACES / 10; i++) {
            try (TaskGroup group = TaskGroup.open(Context.background(), four)) {
                for (int task = 0; task < 4; task++) {
                    group.fork("task", () -> 1);
                }
                group.join();
            }
        }
        assertThat(four.liveCount()).isZero();
    }

    @Test
    void aMutexDoesNotAskItsOwnerForItsNameUnderTheLock() throws InterruptedException {
        Mutex mutex = new Mutex();
        CountDownLatch locked = new CountDownLatch(1);
        Thread owner =
                new Thread(() -> {
                    if (mutex.tryLock()) {
                        locked.countDown();
                    }
                    until(() -> Thread.currentThread().isInterrupted());
                }) {
                    @Override
                    public String toString() {
                        return "holder of " + mutex; // which takes the lock of the mutex
                    }
                };
        owner.setDaemon(true);
        owner.start();
        locked.await();
        Call<Void> other = go(mutex::unlock);
        assertThat(other.failure()).hasMessageContaining("belongs to holder of mutex (held by");
        owner.interrupt();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException sneakyThrow(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
