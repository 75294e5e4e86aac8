package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Hooks;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;

/** A planted slowness is seen, so is what would spoil the figure, and every operation and detector goes. */
@Tag("once")
class PairedSlicesTest {

    private static final Duration SLICE = Duration.ofMillis(5);
    private static final long SLOW_NANOS = 100_000;

    /** A detector that takes far longer at each start than the start itself. */
    private static final class Slow implements LaunchHook {
        @Override
        public void starting(LiveThread thread) {
            long end = System.nanoTime() + SLOW_NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    /** Hooks a detector to a launcher. */
    private static Attached hook(Launcher launcher, LaunchHook hook) {
        Hooks hooks = Launchers.of(launcher).hooks();
        hooks.attach(hook);
        return Attached.of(() -> true, () -> hooks.detach(hook));
    }

    private static PairedSlices slices(PairedSlices.Preparing operation, PairedSlices.Attaching detector, int stuck)
            throws InterruptedException {
        return new PairedSlices(operation, detector, SLICE, ThreadKind.VIRTUAL, stuck);
    }

    @Test
    void whatASlowDetectorAddsShows() throws Exception {
        try (PairedSlices slices = slices(Operation.FORK_JOIN::on, launcher -> hook(launcher, new Slow()), 0)) {
            PairedSlices.Measured measured = slices.run(Duration.ZERO);
            assertThat(measured.harness()).isNotNegative();
            assertThat(measured.added()).isGreaterThan(SLOW_NANOS / 2.0);
            assertThat(measured.ratio()).isEqualTo(1 + measured.added() / measured.operation());
        }
    }

    /** The echo and the caller of each slice with the detector, and none of the others. */
    @Test
    void threadsOfAnOperationAreStartedWhenTheDetectorIsAttached() throws Exception {
        AtomicInteger started = new AtomicInteger();
        LaunchHook counting = new LaunchHook() {
            @Override
            public void starting(LiveThread thread) {
                started.incrementAndGet();
            }
        };
        try (PairedSlices slices = slices(Operation.HAND_OFF::on, launcher -> hook(launcher, counting), 0)) {
            slices.run(Duration.ZERO); // two pairs
        }
        assertThat(started).hasValue(4);
    }

    @Test
    void eachPairAttachesOnceAndDetachesAgain() throws Exception {
        AtomicInteger attached = new AtomicInteger();
        AtomicInteger detached = new AtomicInteger();
        try (PairedSlices slices = slices(
                Operation.HAND_OFF::on,
                launcher -> {
                    attached.incrementAndGet();
                    return Attached.of(() -> true, detached::incrementAndGet);
                },
                3)) {
            slices.run(SLICE.multipliedBy(11));
            slices.run(Duration.ZERO);
        }
        assertThat(attached).hasValue(7);
        assertThat(detached).hasValue(7);
    }

    @Test
    void aDetectorThatStaysAttachedIsCaught() throws Exception {
        try (PairedSlices slices = slices(
                Operation.FORK_JOIN::on,
                launcher -> {
                    hook(launcher, new LaunchHook() {});
                    return Attached.NOTHING;
                },
                0)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> slices.run(Duration.ZERO))
                    .withMessageStartingWith("something is still attached");
        }
    }

    @Test
    void aDetectorThatDoesNothingIsCaught() throws Exception {
        try (PairedSlices slices = slices(Operation.FORK_JOIN::on, launcher -> Attached.of(() -> false, () -> {}), 0)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> slices.run(Duration.ZERO))
                    .withMessage("the attached detector has done nothing while it was measured");
        }
    }

    /** Of two of three calls the harness takes 40 of 340 ns; one that was disturbed does not count. */
    @Test
    void aBatchThatIsTooShortIsCaught() {
        PairedSlices.Measured fine = new PairedSlices.Measured(300, 1, 30);
        PairedSlices.Measured tooShort = new PairedSlices.Measured(300, 1, 40);
        PairedSlices.Measured.check(List.of(fine, tooShort, fine));
        assertThatIllegalStateException()
                .isThrownBy(() -> PairedSlices.Measured.check(List.of(tooShort, fine, tooShort)))
                .withMessage(
                        "the begin and the end of a batch take 40 of 340 ns an operation, more than a tenth: a batch of "
                                + "5000 operations is too short");
    }

    /** The first origin of a JVM has all launches ask for one, for ever: they must not where nothing is attached. */
    @Test
    void theVerifierIsAttachedAgainInALaterMeasurement() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (PairedSlices slices =
                    new PairedSlices(Operation.FORK_JOIN, AttachedDetector.VERIFIER, ThreadKind.VIRTUAL, 0)) {
                assertThat(slices.run(Duration.ZERO).operation()).isFinite();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationRuns(Operation operation) throws Exception {
        for (ThreadKind kind : ThreadKind.values()) {
            try (PairedSlices slices = new PairedSlices(operation, AttachedDetector.REACHABILITY, kind, 2)) {
                assertThat(slices.run(Duration.ZERO).operation()).isFinite();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDetectorAttaches(AttachedDetector attachment) throws Exception {
        try (PairedSlices slices = new PairedSlices(Operation.FORK_JOIN, attachment, ThreadKind.VIRTUAL, 2)) {
            assertThat(slices.run(Duration.ZERO).operation()).isFinite();
        }
    }
}
