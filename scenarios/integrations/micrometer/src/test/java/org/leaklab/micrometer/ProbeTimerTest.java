package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.leaklab.detect.Finding;
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

    /** Keeps what is logged at the levels that a program sees by default. */
    private static final class Seen implements System.Logger {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public String getName() {
            return "seen";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.INFO.getSeverity();
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                lines.add(level + " " + message);
            }
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                lines.add(level + " " + MessageFormat.format(format, values));
            }
        }
    }

    private Finding fourProbes() {
        return switch (probes.incrementAndGet()) {
            case 1, 2 -> throw new IllegalStateException("a pause of " + probes.get() + " ms");
            case 3 -> new Finding(List.of(), List.of(), 0, Map.of(), "a test", true, Duration.ZERO);
            default -> throw new ArithmeticException("a bug");
        };
    }

    @Test
    void theLogSaysOnceThatProbesFailAndOnceThatTheyWorkAgain() {
        Seen log = new Seen();
        try (ProbeTimer timer = ProbeTimer.start(new SharedProbe(this::fourProbes, Duration.ZERO), SOON, log)) {
            Awaits.until(() -> probes.get() > 6);
        }
        String warning = "WARNING the probe says nothing: ";
        assertThat(log.lines)
                .containsExactly(
                        warning + "a pause of 1 ms",
                        "INFO the probe works again",
                        warning + "it failed in a way that no probe should: java.lang.ArithmeticException: a bug");
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
