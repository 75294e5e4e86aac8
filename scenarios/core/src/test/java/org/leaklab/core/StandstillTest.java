package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.leaklab.core.Context.DeadlineExceededException;
import org.leaklab.core.Launcher.AllBlockedException;
import org.leaklab.testing.Eventually;

/** What a launcher's join takes for a deadlock, and what it must not: whatever ends by itself. */
class StandstillTest extends CoreTest {

    /** Longer than the launcher watches a standstill before it calls it one. */
    private static final Duration LONG = Duration.ofMillis(500);

    @Override
    ThreadKind bodyKind() {
        return ThreadKind.PLATFORM;
    }

    @Test
    void aDeadlineOfTheContextIsNone() throws InterruptedException {
        Call<Object> limited = call(() -> {
            try (Context soon = Context.background().withTimeout(LONG)) {
                return Channel.nil().receive(soon);
            }
        });
        threads.join();
        assertThat(limited.failure()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void aDeadlineOfTheGroupIsNone() throws InterruptedException {
        Call<Object> limited = call(() -> TimeoutGuard.run(
                threads,
                Context.background(),
                "guarded",
                LONG,
                context -> Channel.nil().receive()));
        threads.join();
        assertThat(limited.failure()).isInstanceOf(DeadlineExceededException.class);
    }

    /** The action may do anything, also wake who waits; and it may take its time. */
    @Test
    void anActionAtADeadlineIsNone() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Integer> receiver = call(channel::receive);
        try (Context soon = Context.background().withTimeout(LONG);
                Context below = soon.withCancel();
                Context.Registration slow = below.onDone(() -> {
                    LockSupport.parkNanos(LONG.toNanos());
                    channel.close();
                })) {
            threads.join();
            assertThat(receiver.value()).isNull();
        }
    }

    /** A probe hides all threads of the launcher, and those of another one are blocked. */
    @Test
    void threadsThatAreNotListedAreNone() {
        try (Launcher others = Launcher.of(ThreadKind.PLATFORM)) {
            Launched other = others.start("other", () -> Channel.nil().receive());
            until(() -> other.thread().getState() == Thread.State.WAITING);
            Standstill standstill = new Standstill();
            for (int looks = 0; looks < 50; looks++) {
                assertThat(standstill.look(List.of())).isFalse();
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    @Test
    void aDeadlineAtWhichNobodyActsHidesNoDeadlock() {
        Channel<Integer> channel = Channel.unbuffered();
        go(channel::receive);
        try (Context later = Context.background().withTimeout(Duration.ofHours(1));
                TaskGroup group = TaskGroup.open(later, threads)) { // it has an action of the core's own
            assertThatThrownBy(threads::join).isInstanceOf(AllBlockedException.class);
            assertThat(group.context().isDone()).isFalse();
        } finally {
            channel.close();
        }
    }

    /** A machine that was busy, or stood still itself, has let nobody run between two looks. */
    @Test
    void twoLooksFarApartProveNothing() throws InterruptedException {
        Channel<Integer> channel = Channel.unbuffered();
        Call<Integer> receiver = call(channel::receive);
        until(() -> receiver.thread().getState() == Thread.State.WAITING);
        Standstill standstill = new Standstill();
        boolean first = standstill.look(threads.live());
        Thread.sleep(LONG);
        boolean second = standstill.look(threads.live());
        int looks = 2;
        while (!standstill.look(threads.live())) {
            looks++;
        }
        channel.close();
        assertThat(first || second).isFalse();
        assertThat(looks).isGreaterThan(10);
    }

    /** One of the two is always awake; but the one that was woken looks as if it waited until it runs. */
    @Test
    void twoThatWakeEachOtherAreNone() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(2);
        startPlayers(threads, over);
        threads.join();
        assertThat(over.getCount()).isZero();
    }

    @Test
    void twoOfAnotherLauncherThatWakeEachOtherAreNone() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(2);
        threads.start("waits for the players", over::await);
        try (Launcher others = Launcher.of(kind)) {
            startPlayers(others, over);
            threads.join();
            assertThat(over.getCount()).isZero();
        }
    }

    private static void startPlayers(Launcher launcher, CountDownLatch over) {
        Semaphore ping = new Semaphore(1);
        Semaphore pong = new Semaphore(0);
        long end = System.nanoTime() + 3 * LONG.toNanos();
        launcher.start("ping", () -> play(ping, pong, end, over));
        launcher.start("pong", () -> play(pong, ping, end, over));
    }

    private static void play(Semaphore mine, Semaphore others, long end, CountDownLatch over)
            throws InterruptedException {
        do {
            mine.acquire();
            others.release();
        } while (System.nanoTime() - end < 0);
        others.release();
        over.countDown();
    }

    @Test
    void aTimeoutOfAFutureIsNone() throws InterruptedException {
        Call<Object> limited = call(() -> new CompletableFuture<>()
                .completeOnTimeout("late", LONG.toMillis(), TimeUnit.MILLISECONDS)
                .get());
        threads.join();
        assertThat(limited.value()).isEqualTo("late");
    }

    @Test
    void aSlowSocketIsNone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofPlatform().daemon().start(() -> {
                try (Socket accepted = server.accept()) {
                    Thread.sleep(LONG);
                    accepted.getOutputStream().write(1);
                } catch (IOException | InterruptedException e) {
                    // the client then reads -1
                }
            });
            Call<Integer> client = call(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    return socket.getInputStream().read();
                }
            });
            threads.join();
            assertThat(client.value()).isEqualTo(1);
            assertThat(peer.join(Eventually.PATIENCE)).isTrue();
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aChildProcessIsNone() throws InterruptedException {
        Call<Integer> parent =
                call(() -> new ProcessBuilder("sleep", "0.5").start().waitFor());
        threads.join();
        assertThat(parent.value()).isZero();
    }

    @Test
    void anotherThreadsEndIsNone() throws InterruptedException {
        Thread stranger = Thread.ofPlatform()
                .daemon()
                .start(() -> Eventually.until(new java.util.function.BooleanSupplier() {
                    private final long end = System.nanoTime() + LONG.toNanos();

                    @Override
                    public boolean getAsBoolean() {
                        return System.nanoTime() - end > 0;
                    }
                }));
        go(stranger::join);
        threads.join();
    }

    @Test
    void aMutexThatAStrangerHoldsIsNone() throws InterruptedException {
        Mutex mutex = new Mutex();
        CountDownLatch locked = new CountDownLatch(1);
        Thread stranger = Thread.ofPlatform().daemon().start(() -> {
            try {
                mutex.lock();
                locked.countDown();
                Thread.sleep(LONG);
                mutex.unlock();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        locked.await();
        go(mutex::lock);
        threads.join();
        assertThat(stranger.join(Eventually.PATIENCE)).isTrue();
    }

    @Test
    void tasksOfAnotherLauncherThatSleepAreNone() throws InterruptedException {
        Launcher others = Launcher.of(kind);
        Call<Void> joiner = go(() -> {
            try (TaskGroup group = TaskGroup.open(Context.background(), others)) {
                group.fork("sleeper", () -> {
                    Thread.sleep(LONG);
                    return 0;
                });
                group.join();
            }
        });
        threads.join();
        assertThat(joiner.failure()).isNull();
    }

    @Test
    void aGroupOnAnotherLauncherUnderADeadlineIsNone() throws InterruptedException {
        Launcher others = Launcher.of(kind);
        Call<Object> limited = call(() -> TimeoutGuard.run(
                others,
                Context.background(),
                "guarded",
                LONG,
                context -> Channel.nil().receive()));
        threads.join();
        assertThat(limited.failure()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void theFirstOfSeveralTasksOfAnExecutorIsNone() throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Call<Integer> any = call(() -> executor.invokeAny(List.of(() -> {
                Thread.sleep(LONG);
                return 1;
            })));
            threads.join();
            assertThat(any.value()).isEqualTo(1);
        }
    }

    @Test
    void waitsOfTheJdkWithoutALimitAreOne() throws InterruptedException {
        ReentrantLock held = new ReentrantLock();
        CountDownLatch all = new CountDownLatch(1);
        threads.start("holder", () -> {
            held.lock();
            all.await();
        });
        until(held::isLocked);
        threads.start("locker", held::lockInterruptibly);
        threads.start("taker", () -> new LinkedBlockingQueue<>().take());
        Object monitor = new Object();
        threads.start("waiter", () -> {
            synchronized (monitor) {
                monitor.wait();
            }
        });
        assertThatThrownBy(threads::join)
                .isInstanceOfSatisfying(
                        AllBlockedException.class,
                        blocked -> assertThat(blocked.blocked()).hasSize(4));
        all.countDown();
        assertThat(threads.shutdownNow(Eventually.PATIENCE)).isEmpty();
    }
}
