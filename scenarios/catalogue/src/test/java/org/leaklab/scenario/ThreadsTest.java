package org.leaklab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;

/** The lab ends whatever a scenario leaves behind, or says what cannot be ended. */
@ParameterizedClass
@EnumSource
class ThreadsTest {

    @Parameter
    ThreadKind kind;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private Threads threads;

    @BeforeEach
    void begin() {
        threads = Threads.of(kind);
        threads.onFailure((launched, failure) -> failures.add(failure));
    }

    @AfterEach
    void end() {
        threads.close();
    }

    private void assertReleases() throws InterruptedException {
        List<Launched> live = threads.launcher().live();
        assertThat(threads.release(PATIENCE)).isEmpty();
        assertThat(live).noneMatch(Launched::isLive);
    }

    @Test
    void theyAreThreadsOfItsLauncher() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Launched launched = threads.start("name", end::await);
        assertThat(threads.launcher().kind()).isEqualTo(kind);
        assertThat(threads.launcher().live()).containsExactly(launched);
        end.countDown();
        assertThat(launched.join(PATIENCE)).isTrue();
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
        assertThat(failures).isEmpty();
        assertThatThrownBy(threads::work).isInstanceOf(Released.class);
    }

    @Test
    void everyOtherFailureGoesToTheHandler() throws InterruptedException {
        AssertionError failure = new AssertionError("broken");
        Context cancelled = Context.background().withCancel();
        cancelled.cancel();
        assertThat(threads.start("cancelled", cancelled::throwIfDone).join(PATIENCE))
                .isTrue();
        assertThat(threads.start("failing", () -> {
                            throw failure;
                        })
                        .join(PATIENCE))
                .isTrue();
        assertThat(failures).containsExactly(failure);
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
    void itClosesWhatTheLastOneRegistersAtItsEnd() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        Channel<Integer> never = Channel.nil();
        threads.start("late", () -> {
            try {
                never.receive();
            } catch (InterruptedException e) {
                threads.closing(() -> closed.set(true));
            }
        });
        until(() -> never.waitingReceivers() == 1);
        assertReleases();
        assertThat(closed).isTrue();
    }

    @Test
    void itSaysWhatCannotBeEnded() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        threads.start("meek", () -> Channel.nil().receive());

        assertThat(threads.release(Duration.ofMillis(100))).containsExactly(stubborn);
        assertThat(threads.release(Duration.ZERO)).containsExactly(stubborn);

        letGo.set(true);
        assertReleases();
        assertThatThrownBy(() -> threads.start("late", () -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aResourceThatInterruptsDoesNotReachTheNext() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean(true);
        threads.closing(() -> interrupted.set(Thread.currentThread().isInterrupted()));
        threads.closing(() -> Thread.currentThread().interrupt());
        threads.closing(() -> {
            throw new InterruptedException("planted");
        });
        assertReleases();
        assertThat(interrupted).isFalse();
    }

    /** It comes back when the others wait, and not while one of them computes. */
    @Test
    void awaitingOthersIsAwaitingTheirWaits() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean waits = new AtomicBoolean();
        AtomicBoolean saw = new AtomicBoolean();
        threads.start("computes", () -> {
            while (go.getCount() > 0) {
                threads.work();
            }
            waits.set(true);
            new CountDownLatch(1).await();
        });
        Launched onlooker = threads.start("onlooker", () -> {
            threads.awaitOthers();
            saw.set(waits.get());
        });
        until(() -> onlooker.thread().getState() == Thread.State.TIMED_WAITING);
        assertThat(onlooker.isLive()).isTrue();
        go.countDown();
        until(() -> !onlooker.isLive());
        assertThat(saw).isTrue();
        assertReleases();
    }

    @Test
    void closingIsReleasing() throws InterruptedException {
        Launched blocked;
        AtomicBoolean closed = new AtomicBoolean();
        try (Threads own = Threads.of(kind)) {
            own.closing(() -> closed.set(true));
            blocked = own.start("blocked", () -> Channel.nil().receive());
        }
        assertThat(blocked.isLive()).isFalse();
        assertThat(closed).isTrue();
    }

    @Test
    void aResourceThatComesAfterTheReleaseIsClosedAtOnce() throws InterruptedException {
        assertReleases();
        AtomicBoolean closed = new AtomicBoolean();
        AutoCloseable late = () -> closed.set(true);
        assertThat(threads.closing(late)).isSameAs(late);
        assertThat(closed).isTrue();
    }

    @Test
    void anExecutorWhoseTaskWaitsIsClosed() throws InterruptedException {
        ExecutorService pool = threads.closing( // its close waits for the task, which only an interrupt ends
                Executors.newFixedThreadPool(1, threads.launcher().factory("worker")));
        CountDownLatch begun = new CountDownLatch(1);
        pool.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        assertReleases();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aResourceThatDoesNotCloseHoldsNothingUp() throws InterruptedException {
        CountDownLatch letGo = new CountDownLatch(1);
        List<String> closed = new CopyOnWriteArrayList<>();
        threads.closing(() -> closed.add("first"));
        AutoCloseable blocking = letGo::await;
        threads.closing(blocking);
        threads.closing(() -> closed.add("third"));
        Launched waiting = threads.start("waiting", () -> Channel.nil().receive());

        long began = System.nanoTime();
        assertThatThrownBy(() -> threads.release(Duration.ofMillis(500)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "these resources do not close: " + blocking.getClass().getName());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);

        assertThat(waiting.isLive()).isFalse();
        assertThat(closed).containsExactly("third", "first");
        letGo.countDown();
        assertReleases();
    }

    @Test
    void aResourceThatIsNotHeldIsClosedWhileItIsReached() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        AutoCloseable reached = () -> closed.set(true);
        assertThat(threads.closingWithoutHolding(reached)).isSameAs(reached);
        assertReleases();
        assertThat(closed).isTrue();
        Reference.reachabilityFence(reached);
    }

    /** The collector decides, so the threads must not be what holds it. */
    @Test
    void aResourceThatIsNotHeldCanGo() {
        AtomicBoolean captured = new AtomicBoolean(); // so that the lambda is an object of its own
        WeakReference<AutoCloseable> gone =
                new WeakReference<>(threads.closingWithoutHolding(() -> captured.set(true)));
        until(() -> {
            System.gc();
            return gone.refersTo(null);
        });
    }

    @Test
    void closingWaitsForTheEndThoughItIsInterrupted() {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean letGo = new AtomicBoolean();
        Launched slow = threads.start("slow", () -> {
            try {
                Channel.nil().receive();
            } catch (InterruptedException e) {
                interrupted.set(true);
                until(letGo::get);
            }
        });
        Thread opener = Thread.ofPlatform().daemon().start(() -> {
            until(interrupted::get);
            letGo.set(true);
        });
        Thread.currentThread().interrupt();
        threads.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(slow.isLive()).isFalse();
        until(() -> !opener.isAlive());
    }

    @Test
    void whoReleasesCanBeInterrupted() throws InterruptedException {
        AtomicBoolean letGo = new AtomicBoolean();
        Launched stubborn = threads.start("stubborn", () -> until(letGo::get));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.release(PATIENCE)).isInstanceOf(InterruptedException.class);
        letGo.set(true);
        assertThat(stubborn.join(PATIENCE)).isTrue();
    }
}
