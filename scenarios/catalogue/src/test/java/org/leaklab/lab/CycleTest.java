package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/** A life that a benchmark repeats ends its threads only when they are stuck. */
class CycleTest {

    private static final int LIVES = 1_000;

    /** Enough for many looks. */
    private static final long HELD_NANOS = 100_000_000;

    private static final AtomicInteger LINED_UP = new AtomicInteger();
    private static final AtomicInteger INTERRUPTED_BEFORE = new AtomicInteger();

    @Leak(id = "sends", family = Family.CHANNEL, stuck = 1, at = "Channel.send", cause = "c", cure = "c")
    static class Sends implements Scenario {
        @Override
        public void leaky(Threads threads) {
            Channel<Integer> results = Channel.unbuffered();
            threads.start("sender", () -> {
                if (Thread.currentThread().isInterrupted()) {
                    INTERRUPTED_BEFORE.incrementAndGet();
                }
                results.send(42);
            });
            threads.closing(() -> LINED_UP.addAndGet(results.waitingSenders())); // closed first of all
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @ParameterizedTest
    @EnumSource
    void everyLifeEndsInTheWait(ThreadKind kind) throws Exception {
        LINED_UP.set(0);
        INTERRUPTED_BEFORE.set(0);
        Cycle cycle = new Cycle(new Cell(new Sends(), Variant.LEAKY, kind, 1));
        for (int i = 0; i < LIVES; i++) {
            assertThat(cycle.run()).isEqualTo(1);
        }
        assertThat(INTERRUPTED_BEFORE).hasValue(0);
        assertThat(LINED_UP).hasValue(LIVES);
    }

    private static final AtomicInteger SENDING = new AtomicInteger();

    /** Waits for something else first, as many scenarios do. */
    @Leak(id = "waits-first", family = Family.CHANNEL, stuck = 2, at = "Channel.send", cause = "c", cure = "c")
    static class WaitsForSomethingElseFirst implements Scenario {
        @Override
        public void leaky(Threads threads) {
            Channel<Integer> first = Channel.unbuffered();
            Channel<Integer> second = Channel.unbuffered();
            CountDownLatch met = new CountDownLatch(2);
            for (Channel<Integer> channel : List.of(first, second)) {
                threads.start("sender", () -> {
                    met.countDown();
                    met.await();
                    channel.send(42);
                });
            }
            threads.closing(() -> SENDING.addAndGet(first.waitingSenders() + second.waitingSenders()));
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @ParameterizedTest
    @EnumSource
    void aWaitOnTheWayThereDoesNotCount(ThreadKind kind) throws Exception {
        SENDING.set(0);
        Cycle cycle = new Cycle(new Cell(new WaitsForSomethingElseFirst(), Variant.LEAKY, kind, 1));
        for (int i = 0; i < LIVES; i++) {
            cycle.run();
        }
        assertThat(SENDING).hasValue(2 * LIVES);
    }

    private static final Object GATE = new Object();
    private static final AtomicBoolean GATE_IS_HELD = new AtomicBoolean();
    private static final AtomicReference<Thread> AT_GATE = new AtomicReference<>();
    private static final int HELD = 5; // the first of these looks are slow, for classes are loaded

    /** Enters a monitor on the way. */
    @Leak(id = "monitor-first", family = Family.CHANNEL, stuck = 1, at = "Channel.send", cause = "c", cure = "c")
    static class EntersAMonitorFirst implements Scenario {
        @Override
        public void leaky(Threads threads) {
            Channel<Integer> results = Channel.unbuffered();
            threads.start("sender", () -> {
                AT_GATE.set(Thread.currentThread());
                synchronized (GATE) {
                    AT_GATE.set(null);
                }
                results.send(42);
            });
            threads.closing(() -> SENDING.addAndGet(results.waitingSenders()));
        }

        @Override
        public void fixed(Threads threads) {}
    }

    /** As on a busy machine, where the owner of a monitor has no processor. */
    @Test
    void aMonitorOnTheWayThereDoesNotCount() throws Exception {
        SENDING.set(0);
        Cycle cycle = new Cycle(new Cell(new EntersAMonitorFirst(), Variant.LEAKY, ThreadKind.PLATFORM, 1));
        cycle.run(); // the thorough look
        for (int i = 0; i < HELD; i++) {
            Thread owner = Thread.ofPlatform().start(CycleTest::holdTheGateForAWhile);
            while (!GATE_IS_HELD.get()) {
                Thread.onSpinWait();
            }
            cycle.run();
            owner.join();
        }
        assertThat(SENDING).hasValue(1 + HELD);
    }

    /** Until some time after a thread of a cell waits for it. */
    private static void holdTheGateForAWhile() {
        synchronized (GATE) {
            GATE_IS_HELD.set(true);
            Thread sender;
            do {
                Thread.onSpinWait();
                sender = AT_GATE.get();
            } while (sender == null || sender.getState() != Thread.State.BLOCKED);
            LockSupport.parkNanos(HELD_NANOS);
            GATE_IS_HELD.set(false);
        }
    }

    private static final AtomicInteger FREED_ON_THE_WAY = new AtomicInteger();

    /** Waits on the way for something of the same class, and the thread that ends this wait is gone at once. */
    @Leak(id = "gate", family = Family.COUNTER, stuck = 1, at = "CountDownLatch.await", cause = "c", cure = "c")
    static class GoesThroughAGate implements Scenario {
        @Override
        public void leaky(Threads threads) {
            CountDownLatch gate = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            threads.start("waiter", () -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    FREED_ON_THE_WAY.incrementAndGet();
                    throw e;
                }
                if (Thread.currentThread().isInterrupted()) {
                    FREED_ON_THE_WAY.incrementAndGet();
                }
                never.await();
            });
            threads.start("opener", gate::countDown);
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatWasWokenAndDoesNotRunYetIsNotStuck(ThreadKind kind) throws Exception {
        FREED_ON_THE_WAY.set(0);
        Cycle cycle = new Cycle(new Cell(new GoesThroughAGate(), Variant.LEAKY, kind, 1));
        for (int i = 0; i < 2 * LIVES; i++) {
            cycle.run();
        }
        assertThat(FREED_ON_THE_WAY).hasValue(0);
    }

    @Leak(id = "elsewhere", family = Family.CHANNEL, stuck = 1, at = "Channel.send", cause = "c", cure = "c")
    static class IsStuckElsewhere implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("receiver", () -> Channel.unbuffered().receive());
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @ParameterizedTest
    @EnumSource
    void aLifeThatIsStuckElsewhereFails(ThreadKind kind) {
        Cycle cycle = new Cycle(new Cell(new IsStuckElsewhere(), Variant.LEAKY, kind, 1), Duration.ofMillis(200));
        assertThatThrownBy(cycle::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(
                        "expected 1 threads stuck at Channel.send, but left are [\"receiver\" (waiting)]");
    }
}
