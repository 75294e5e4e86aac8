package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.testing.ChildJvm;

/** Whatever happens to a probe, everything is as it was afterwards. */
class LiveNothingLostTest {

    private static final Duration LIMIT = Duration.ofMillis(2500);

    /** Whatever a probe in a full heap comes to: all threads are there. */
    @Test
    void aFullHeapLosesNothing() throws IOException {
        try (ChildJvm target = target(List.of("-Xmx40m", "-XX:+UseSerialGC"), "root", "executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            probe.probe(ProbeOptions.DEFAULT);
            target.ask("fill");
            try {
                probe.probe(ProbeOptions.DEFAULT.withTimeout(Duration.ofSeconds(15)));
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
            target.ask("empty");
            assertThat(sets(target)).isEqualTo(before);
            assertThat(probe.probe(ProbeOptions.DEFAULT).leaked()).hasSize(22);
        }
    }

    @Test
    void moreProbesLeaveNothingBehind() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor")) {
            String before = sets(target);
            int classPath = Integer.parseInt(target.ask("class path"));
            for (int i = 0; i < 5; i++) {
                assertThat(probe(target).leaked()).hasSize(22);
                assertThat(sets(target)).isEqualTo(before);
            }
            assertThat(Integer.parseInt(target.ask("class path"))).isEqualTo(classPath + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end after arming", "end after collection"})
    void theWatchdogPutsEverythingBack(String failure) throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root", "executor", "own executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, failure))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("watchdog");
            assertThat(sets(target)).isEqualTo(before);
            assertThat(probe.probe(ProbeOptions.DEFAULT).leaked()).hasSize(24);
        }
    }

    /** There are three rounds of more than a second each, and a sign of life after each of them. */
    @Test
    void aProbeMayTakeLongerThanOneMayWaitForItsNextSignOfLife() throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root", "executor")) {
            sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            long start = System.nanoTime();
            LiveReport report = probe.probe(ProbeOptions.DEFAULT.withTimeout(LIMIT), "pause after finalizers");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(LIMIT.plus(probe.pause().multipliedBy(5)));
            assertThat(report.leaked()).hasSize(22);
        }
    }

    @Test
    void aProbeThatRunsOutOfMemoryPutsEverythingBack() throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root", "executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, "no memory after arming"))
                    .hasMessageContaining("all threads are back");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    /**
     * A program sets a handler while the probe has hung its own on the thread. Then only the stack tells whether the
     * task is over. On JDK 21 the stack of a submitted task has no frame of its executor.
     */
    @Test
    void aSubmittedTaskWhoseHandlerIsSetMeanwhileIsNotLost() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor")) {
            target.ask("set handlers");
            until(target, "sets", target.ask("sets").replace("executor-3]", "executor-3!Handler]"));
            String before = sets(target);
            assertThat(before).contains("executor-3!Handler");
            for (int i = 0; i < 3; i++) {
                probe(target);
                assertThat(sets(target)).isEqualTo(before);
            }
        }
    }
}
