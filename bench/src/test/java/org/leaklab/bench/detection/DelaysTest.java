package org.leaklab.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;

/** Every detector reports every thread, and one that reports none is caught. */
@Tag("once")
class DelaysTest {

    private static final Duration DURATION = Duration.ofMillis(300);
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final Duration APART = Duration.ofMillis(2);

    @ParameterizedTest
    @EnumSource
    void everyThreadIsReported(PolledDetector.Kind detector) throws InterruptedException {
        Delays delays = Delays.measure(detector, DURATION, PERIOD, APART);
        assertThat(delays.planted())
                .as(detector.name().toLowerCase(Locale.ROOT))
                .isPositive();
        assertThat(delays.missed()).isZero();
        assertThat(delays.histogram().getTotalCount()).isEqualTo(delays.planted());
        assertThat(delays.ofDetector().getTotalCount()).isEqualTo(delays.planted());
        assertThat(delays.check()).isSameAs(delays);
    }

    @Test
    void aBlindDetectorMissesAll() throws InterruptedException {
        Delays delays = Delays.measure(launcher -> () -> 0, DURATION, PERIOD, APART);
        assertThat(delays.missed()).isPositive().isEqualTo(delays.planted());
        assertThat(delays.histogram().getTotalCount()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(delays::check)
                .withMessage("of " + delays.planted() + " threads that got stuck, " + delays.planted()
                        + " are not reported");
    }

    /** They say that they get stuck, and wait a while later. */
    @Test
    void theLastLookComesWhenAllWait() throws InterruptedException {
        Delays delays = Delays.measure(
                launcher -> () -> (int) launcher.live().stream()
                        .filter(launched -> launched.thread().getState() == Thread.State.WAITING)
                        .count(),
                DURATION,
                PERIOD,
                APART,
                () -> {
                    Thread.sleep(PERIOD);
                    Channel.unbuffered().receive();
                });
        assertThat(delays.planted()).isPositive();
        assertThat(delays.missed()).isZero();
    }

    @Test
    void whoLooksSeldomReportsLate() throws InterruptedException {
        Delays delays = Delays.measure(PolledDetector.Kind.COUNT, DURATION, DURATION, APART);
        assertThat(delays.histogram().getMaxValue()).isGreaterThan(DURATION.toMillis() * 1_000 / 2);
    }

    /** Its period is in the delay, and not in the detector's part of it. */
    @Test
    void theWaitForALookIsNotTheDetectors() throws InterruptedException {
        Delays delays = Delays.measure(PolledDetector.Kind.COUNT, DURATION, DURATION, APART);
        assertThat(delays.ofDetector().getMaxValue())
                .isLessThan(delays.histogram().getMaxValue());
    }

    /** It reports nothing at its first look after, so a period is its own doing. */
    @Test
    void aLookThatReportsNothingIsTheDetectors() throws InterruptedException {
        Delays delays = Delays.measure(
                launcher -> {
                    int[] before = {0, 0};
                    return () -> {
                        before[0] = before[1];
                        before[1] = launcher.liveCount();
                        return before[0];
                    };
                },
                DURATION,
                PERIOD,
                APART);
        assertThat(delays.ofDetector().getValueAtPercentile(50)).isGreaterThanOrEqualTo(PERIOD.toMillis() * 1_000 / 2);
    }
}
