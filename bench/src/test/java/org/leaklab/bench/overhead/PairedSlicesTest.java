package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Hooks;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/** A planted slowness is seen, each side gets the same number of slices, and every operation and detector goes. */
@Tag("once")
class PairedSlicesTest {

    private static final Duration SLICE = Duration.ofMillis(5);

    /** A detector that takes far longer at each start than the start itself. */
    private static final class Slow implements LaunchHook {
        @Override
        public void starting(LiveThread thread) {
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aSlowDetectorShows() throws Exception {
        try (PairedSlices slices = new PairedSlices(
                Operation.FORK_JOIN,
                launcher -> {
                    Slow slow = new Slow();
                    Hooks hooks = Launchers.of(launcher).hooks();
                    hooks.attach(slow);
                    return () -> hooks.detach(slow);
                },
                SLICE,
                ThreadKind.VIRTUAL,
                0)) {
            PairedSlices.Measured measured = slices.run(SLICE.multipliedBy(6));
            assertThat(measured.with()).isGreaterThan(1_000_000);
            assertThat(measured.without()).isLessThan(1_000_000);
            assertThat(measured.slowdown()).isGreaterThan(1);
        }
    }

    @Test
    void eachPairAttachesOnceAndDetachesAgain() throws Exception {
        AtomicInteger attached = new AtomicInteger();
        AtomicInteger detached = new AtomicInteger();
        try (PairedSlices slices = new PairedSlices(
                Operation.HAND_OFF,
                launcher -> {
                    attached.incrementAndGet();
                    return detached::incrementAndGet;
                },
                SLICE,
                ThreadKind.VIRTUAL,
                3)) {
            slices.run(SLICE.multipliedBy(10));
            slices.run(Duration.ZERO);
        }
        assertThat(attached).hasValue(7);
        assertThat(detached).hasValue(7);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationRuns(Operation operation) throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            try (PairedSlices slices = new PairedSlices(operation, AttachedDetector.REACHABILITY, kind, 2)) {
                assertThat(slices.run(Duration.ZERO).without()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDetectorAttaches(AttachedDetector attachment) throws Exception {
        try (PairedSlices slices = new PairedSlices(Operation.FORK_JOIN, attachment, ThreadKind.VIRTUAL, 2)) {
            assertThat(slices.run(Duration.ZERO).with()).isPositive();
        }
    }
}
