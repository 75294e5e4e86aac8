package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.heapdump.testing.ChildJvm;

/** What a probe refuses before it touches anything, in one sentence. */
class LiveRefusalTest {

    @ParameterizedTest
    @MethodSource("org.leaklab.live.LiveTargets#refused")
    void refusesWhatItCannotProbe(String option) throws IOException {
        try (ChildJvm target = target(List.of(option), "root")) {
            String before = sets(target);
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .message()
                    .contains(
                            option.startsWith("--")
                                    ? "finalization is disabled"
                                    : option.contains("ZGC") ? "ZGC" : option)
                    .doesNotContain("\n");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @Test
    void refusesAStuckFinalizer() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "stuck finalizer")) {
            String before = sets(target);
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("LiveTarget$Stuck.finalize");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @Test
    void refusesAPauseThatIsTooLong() throws IOException {
        try (ChildJvm target = target(List.of(), "many")) {
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThat(probe.usedBytes()).isPositive();
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT.withMaxPause(Duration.ofNanos(-1))))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("expected to take");
            assertThatThrownBy(() -> probe.probe(
                            ProbeOptions.DEFAULT.withMaxPause(probe.pause().plusMillis(1))))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("with 1500 virtual threads");
        }
    }
}
