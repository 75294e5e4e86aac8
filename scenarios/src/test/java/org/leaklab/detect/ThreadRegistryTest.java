package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** The registry counts a planted leak and nothing that has ended; the alarm heeds growth and nothing else. */
class ThreadRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));

    @ParameterizedTest
    @EnumSource
    void countsWhatStartedAndHasNotFinished(ThreadKind kind) throws InterruptedException {
        try (Launcher threads = Launcher.of(kind)) {
            threads.start("before", () -> Channel.unbuffered().receive());
            try (ThreadRegistry registry = ThreadRegistry.watch(threads)) {
                Launched leak = threads.start("leak", () -> Channel.unbuffered().receive());
                Launched short1 = threads.start("short", () -> {});
                Launched failing = threads.start("cancelled", () -> {
                    throw new InterruptedException();
                });
                assertThat(short1.join(PATIENCE) && failing.join(PATIENCE)).isTrue();
                assertThat(registry.count()).isEqualTo(1);
                assertThat(registry.olderThan(Duration.ZERO)).containsExactly(leak);
                assertThat(registry.olderThan(Duration.ofHours(1))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingStaysAttachedAfterClose(ThreadKind kind) {
        try (Launcher threads = Launcher.of(kind)) {
            ThreadRegistry closed;
            try (ThreadRegistry registry = ThreadRegistry.watch(threads)) {
                threads.start("while open", () -> Channel.unbuffered().receive());
                closed = registry;
            }
            threads.start("after", () -> Channel.unbuffered().receive());
            assertThat(closed.count()).isZero();
        }
    }

    @Test
    void theAlarmNeedsGrowthInEveryWindow() {
        GrowthAlarm alarm = new GrowthAlarm(2);
        assertThat(alarm.sample(5)).isEmpty();
        assertThat(alarm.sample(6)).isEmpty();
        assertThat(alarm.sample(6)).isEmpty();
        assertThat(alarm.sample(7)).isEmpty();
        assertThat(alarm.sample(9))
                .hasValueSatisfying(message -> assertThat(message).contains("6, 7, 9 over 2 windows"));
        assertThat(alarm.sample(3)).isEmpty();
    }
}
