package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.live.StandIn;

/** A detector's stand-in counts, is listed while it knows its thread, and can be replaced by the thread again. */
class StandInTest extends CoreTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private LiveThreads live;

    @BeforeEach
    void findList() {
        live = Launchers.of(threads);
    }

    /** Knows its thread until it is told to forget it. */
    private static final class Forgetful extends StandIn {

        private final long id;
        private volatile @Nullable LiveThread known;
        private volatile boolean ended;

        Forgetful(LiveThread thread) {
            this.id = thread.threadId();
            this.known = thread;
        }

        @Override
        public long threadId() {
            return id;
        }

        @Override
        protected @Nullable LiveThread listed() {
            return known;
        }

        @Override
        protected void threadEnded() {
            ended = true;
        }
    }

    @Test
    void itCountsAndIsListedAsTheThreadItKnows() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Forgetful standIn = new Forgetful((LiveThread) launched);
        assertThat(live.replace((LiveThread) launched, standIn)).isTrue();
        assertThat(live.replace((LiveThread) launched, new Forgetful((LiveThread) launched)))
                .isFalse();
        assertThat(threads.live()).containsExactly(launched);
        assertThat(threads.liveCount()).isEqualTo(1);

        standIn.known = null;
        assertThat(threads.live()).isEmpty();
        assertThat(threads.liveCount()).isEqualTo(1);

        live.putBack(standIn, (LiveThread) launched);
        live.putBack(standIn, (LiveThread) launched); // and not twice
        assertThat(threads.live()).containsExactly(launched);
        assertThat(threads.liveCount()).isEqualTo(1);
        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(standIn.ended).isFalse();
    }

    /** Of the thread that a stand-in has forgotten for a moment as well: it may come back. */
    @Test
    void aShutdownWaitsForIt() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Forgetful standIn = new Forgetful((LiveThread) launched);
        live.replace((LiveThread) launched, standIn);
        standIn.known = null;
        FutureTask<List<Launched>> shutdown = new FutureTask<>(() -> threads.shutdownNow(PATIENCE));
        Thread closer = Thread.ofPlatform().start(shutdown);
        until(() -> shutdown.isDone() || closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(launched.thread().isAlive()).isTrue();

        live.putBack(standIn, (LiveThread) launched);
        closer.join();
        assertThat(shutdown.resultNow()).isEmpty();
        assertThat(launched.thread().isAlive()).isFalse();
    }

    @Test
    void aShutdownWhosePatienceIsOverWaitsForItToBeListed() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Forgetful standIn = new Forgetful((LiveThread) launched);
        live.replace((LiveThread) launched, standIn);
        standIn.known = null;
        FutureTask<List<Launched>> shutdown = new FutureTask<>(() -> threads.shutdownNow(Duration.ZERO));
        Thread closer = Thread.ofPlatform().start(shutdown);
        until(() -> shutdown.isDone() || closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(shutdown.isDone()).isFalse();

        live.putBack(standIn, (LiveThread) launched);
        closer.join();
        assertThat(launched.join(PATIENCE)).as("it was interrupted").isTrue();
    }

    /** As a probe of another class loader calls it. */
    @Test
    void aListLetsGoOfAThreadAndTakesItBack() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Object standIn = Objects.requireNonNull(live.letGo(launched));
        assertThat(live.letGo(launched)).isNull();
        assertThat(live.virtualThreads().keySet()).hasSize(launched.thread().isVirtual() ? 1 : 0);
        assertThat(LiveThreads.thread(launched)).isSameAs(launched.thread());
        live.takeBack(standIn, null);
        live.takeBack(standIn, launched); // and not twice
        assertThat(threads.live()).containsExactly(launched);
        assertThat(threads.liveCount()).isEqualTo(1);
        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(live.letGo(launched)).isNull();
    }

    @Test
    void itLeavesTheListWhenItsThreadEnds() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Forgetful standIn = new Forgetful((LiveThread) launched);
        live.replace((LiveThread) launched, standIn);
        end.countDown();
        assertThat(threads.awaitLive(0, PATIENCE)).isTrue();
        assertThat(standIn.ended).isTrue();

        live.putBack(standIn, (LiveThread) launched);
        assertThat(threads.liveCount()).isZero();
    }

    @Test
    void oneThatIsDroppedCountsNoMoreAndWakesWhoWaits() throws InterruptedException {
        Launched launched = threads.start("task", end::await);
        Forgetful standIn = new Forgetful((LiveThread) launched);
        live.replace((LiveThread) launched, standIn);
        Launcher outside = Launcher.of(ThreadKind.PLATFORM);
        Launched waiter = outside.start(
                "waiter", () -> assertThat(threads.awaitLive(0, PATIENCE)).isTrue());
        until(() -> waiter.thread().getState() == Thread.State.TIMED_WAITING);
        live.drop(standIn);
        assertThat(waiter.join(PATIENCE)).isTrue();
        assertThat(waiter.failure()).isNull();
        assertThat(threads.liveCount()).isZero();
        end.countDown();
        assertThat(launched.join(PATIENCE)).isTrue();
    }
}
