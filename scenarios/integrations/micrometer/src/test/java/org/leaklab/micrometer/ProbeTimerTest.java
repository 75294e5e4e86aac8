package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.leaklab.serve.SharedProbe;

class ProbeTimerTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger probes = new AtomicInteger();

    @Test
    void itGoesOnAfterAProbeThatFails() {
        SharedProbe probe = new SharedProbe(
                () -> {
                    if (probes.incrementAndGet() == 1) {
                        throw new UnsupportedOperationException("a bug");
                    }
                    throw new IllegalStateException("refused");
                },
                Duration.ZERO);
        try (ProbeTimer timer = ProbeTimer.start(probe, SOON)) {
            Awaits.until(() -> probes.get() > 3);
        }
        assertThat(probe.last().failure()).isEqualTo("refused");
    }

    @Test
    void theIntervalOfTheProbeHolds() {
        SharedProbe probe = new SharedProbe(
                () -> {
                    probes.incrementAndGet();
                    throw new IllegalStateException("refused");
                },
                HOUR);
        try (ProbeTimer timer = ProbeTimer.start(probe, SOON)) {
            Awaits.until(() -> probe.last() != null);
            long end = System.nanoTime() + 50 * SOON.toNanos();
            Awaits.until(() -> System.nanoTime() > end);
        }
        assertThat(probes).hasValue(1);
    }

    @Test
    void closingEndsAProbeThatRuns() {
        CountDownLatch began = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        SharedProbe probe = new SharedProbe(
                () -> {
                    began.countDown();
                    try {
                        new CountDownLatch(1).await();
                        throw new AssertionError("nobody counts down");
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                },
                Duration.ZERO);
        ProbeTimer timer = ProbeTimer.start(probe, SOON);
        Awaits.until(() -> began.getCount() == 0);
        timer.close();
        timer.close();
        assertThat(interrupted).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("leaklab probe timer");
    }

    @Test
    void noTimeIsRefused() {
        SharedProbe probe = new SharedProbe(
                () -> {
                    throw new IllegalStateException("refused");
                },
                HOUR);
        assertThatThrownBy(() -> ProbeTimer.start(probe, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the time between two probes must be positive, but is PT0S");
    }
}
