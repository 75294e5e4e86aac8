package org.leaklab.bench.stuck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.ThreadKind;

/** Every way of being stuck really is one, with its depth and its payload, and ends when it is freed. */
class StuckThreadsTest {

    private static final boolean PINS = Runtime.version().feature() < 24;

    static List<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (StuckOn on : StuckOn.values()) {
            for (ThreadKind kind : ThreadKind.values()) {
                if (on.isFor(kind, Runtime.version().feature())) {
                    ways.add(Arguments.of(on, kind));
                }
            }
        }
        return ways;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theyAreStuckUntilTheyAreFreed(StuckOn on, ThreadKind kind) throws InterruptedException {
        try (StuckThreads threads = new StuckThreads(on, kind, 50, 0)) {
            threads.add(3);
            threads.add(2);
            assertThat(threads.count()).isEqualTo(5);
            assertThat(threads.stackOfOne()).hasSizeGreaterThan(50);
        }
    }

    /** As neighbours that somebody has freed in the middle of a measurement. */
    @Test
    void thoseThatAreNotStuckAnyMoreAreCaught() throws InterruptedException {
        StuckThreads threads = new StuckThreads(StuckOn.CHANNEL, ThreadKind.VIRTUAL, 5, 0);
        try (threads) {
            threads.add(3);
            threads.check(3);
        }
        assertThatThrownBy(() -> threads.check(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of 3 threads stuck on channel only 0 are stuck still");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theyWarmUp(StuckOn on, ThreadKind kind) throws InterruptedException {
        if (kind == ThreadKind.VIRTUAL) {
            StuckThreads.warmUp(on, kind, 200, 1024);
        }
    }

    @Test
    void aMonitorPinsBeforeJdk24() {
        if (PINS) {
            assertThatThrownBy(() -> StuckOn.SYNCHRONIZED.most(ThreadKind.VIRTUAL, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keeps its carrier");
        } else {
            assertThat(StuckOn.SYNCHRONIZED.most(ThreadKind.VIRTUAL, 0)).isEqualTo(100_000);
        }
        assertThat(StuckOn.SLEEP.most(ThreadKind.VIRTUAL, 65_536)).isEqualTo(16_384);
        assertThat(StuckOn.SOCKET.most(ThreadKind.VIRTUAL, 0)).isEqualTo(4_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Holder.class,
            names = {"ARRAY", "LAUNCHER"})
    void theyAreStuckWhoeverHoldsThem(Holder holder) throws InterruptedException {
        for (ThreadKind kind : ThreadKind.values()) {
            StuckThreads threads = new StuckThreads(StuckOn.CHANNEL, kind, 3, 100, holder);
            try (threads) {
                threads.add(3);
                threads.add(4);
                threads.check(7);
            }
            assertThat(threads.count()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void plainThreadsEndToo(StuckOn on, ThreadKind kind) throws InterruptedException {
        StuckThreads threads = new StuckThreads(on, kind, 0, 0, Holder.ARRAY);
        try (threads) {
            threads.add(5);
            threads.check(5);
        }
        assertThat(threads.count()).isZero();
    }

    @Test
    void fewerThanThereShouldBeAreCaught() throws InterruptedException {
        try (StuckThreads threads = new StuckThreads(StuckOn.LATCH, ThreadKind.VIRTUAL, 0, 0, Holder.ARRAY)) {
            threads.add(3);
            assertThatThrownBy(() -> threads.check(4))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("of 4 threads stuck on latch only 3 are stuck still");
        }
    }

    /** The JDK holds them here, for these tests run without the option that it must not. */
    @Test
    void thoseThatNobodyWasToHoldAndSomebodyHoldsAreCaught() throws InterruptedException {
        try (StuckThreads threads = new StuckThreads(StuckOn.CHANNEL, ThreadKind.VIRTUAL, 0, 0, Holder.NOBODY)) {
            threads.add(50);
            System.gc();
            assertThatThrownBy(() -> threads.check(50))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("of 50 stuck threads that nobody was to hold, 50 are held");
        }
    }
}
