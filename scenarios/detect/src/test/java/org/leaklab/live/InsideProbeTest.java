package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.detect.Reachability;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.serve.SharedProbe;
import org.leaklab.testing.Eventually;

/** A program that probes itself, by {@link Reachability#ofAllVirtualThreads}. */
class InsideProbeTest {

    private static ChildJvm target(List<String> options, String... plants) throws IOException {
        List<String> all = new ArrayList<>(JdkSets.OPTIONS);
        all.addAll(List.of("-Xmx128m", "-XX:+EnableDynamicAgentLoading"));
        all.addAll(options);
        return ChildJvm.start(all, LiveTarget.class, plants);
    }

    /** With what a child process would need switched off. */
    private static List<String> opened() {
        List<String> options = new ArrayList<>();
        for (String word : Reachability.OPENS.split(" ")) {
            boolean there = !word.contains("jdk.internal.ref=")
                    || Object.class.getModule().getPackages().contains("jdk.internal.ref");
            if (!word.equals("--add-opens") && there) {
                options.add("--add-opens=" + word);
            }
        }
        options.addAll(List.of("-XX:-EnableDynamicAgentLoading", "-XX:+DisableAttachMechanism"));
        return options;
    }

    private static String settled(ChildJvm target) {
        String[] sets = new String[1];
        Eventually.until(() -> {
            try {
                sets[0] = target.ask("sets");
                return target.ask("threads").equals("[]") && target.ask("sets").equals(sets[0]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return sets[0];
    }

    private static String leaked(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("leaked-" + i);
        }
        names.sort(null);
        return String.join(", ", names);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsThreadsThatNoLauncherStarted(boolean open) throws IOException {
        // the monitor first: on 21 it pins a carrier, which can hide the thread that ran there before
        try (ChildJvm target = target(open ? opened() : List.of(), "monitor", "timed", "root", "executor")) {
            String before = settled(target);
            int classPath = Integer.parseInt(target.ask("class path"));
            for (int i = 0; i < 2; i++) {
                assertThat(target.ask("inside"))
                        .startsWith("leaked [executor-0, executor-1, " + leaked(20)
                                + "], unless interrupted [executor-0, executor-1], suspects [], alive 43, unknown {it")
                        .contains(
                                "=1}, notes [2 threads leaked unless interrupted: something alive reaches its executor",
                                "1 thread unknown: it ")
                        .doesNotContain("deadlocks");
                assertThat(settled(target)).isEqualTo(before);
            }
            assertThat(Integer.parseInt(target.ask("class path"))).isEqualTo(classPath + (open ? 0 : 1));
            target.ask("wake");
            Eventually.until(() -> {
                try {
                    return target.ask("held").equals("0");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    /** The words are those that another process gets. */
    @ParameterizedTest
    @MethodSource("org.leaklab.live.LiveTargets#refused")
    void refusesWhatLiveRefuses(String option) throws IOException {
        try (ChildJvm target = target(List.of(option), "root")) {
            String said = target.ask("inside");
            assertThat(said).startsWith("refused: ");
            assertThatThrownBy(() -> LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessage(said.substring("refused: ".length()));
        }
    }

    @Test
    void saysThatAChildCannotAttach() throws IOException {
        try (ChildJvm target = target(List.of("-XX:+DisableAttachMechanism"), "root")) {
            assertThat(target.ask("inside"))
                    .isEqualTo("refused: cannot attach to process " + target.pid()
                            + ": it must be a HotSpot JVM of the same user, started without"
                            + " -XX:+DisableAttachMechanism");
        }
    }

    /** Without what is known of the references they would be leaked: in a probe of a launcher they are. */
    @Test
    void whatAWeakReferenceMayHaveLedToIsASuspect() throws IOException {
        try (ChildJvm target = target(List.of(), "weak", "root")) {
            settled(target);
            assertThat(target.ask("inside"))
                    .startsWith(
                            "leaked [], unless interrupted [], suspects [known weakly, " + leaked(20) + "], alive 40")
                    .contains("21 threads perhaps leaked: Nothing but weak or soft references could lead to it.");
            assertThat(target.ask("page"))
                    .startsWith("200 threadleak profile: total 0|")
                    .contains("|# 21 threads perhaps leaked: Nothing leads to it. An earlier probe")
                    .endsWith(", 21 suspects");
        }
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor")) {
            String before = settled(target);
            assertThat(target.ask("inside, interrupted")).isEqualTo("interrupted");
            assertThat(settled(target)).isEqualTo(before);
            assertThat(target.ask("inside")).contains("leaked [executor-0, executor-1, " + leaked(20) + "]");
        }
    }

    @Test
    void aPageShowsThem() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor")) {
            settled(target);
            assertThat(target.ask("page"))
                    .startsWith("200 threadleak profile: total 22|# the probe is ")
                    .contains("|# 2 threads leaked unless interrupted: something alive reaches its executor, and can")
                    .contains("|20 @ virtual, waiting on java.util.concurrent.SynchronousQueue$Transferer|#\tin org.");
        }
        try (ChildJvm target = target(List.of("-XX:+UseZGC"))) {
            assertThat(target.ask("page")).startsWith("503 the JVM collects with ZGC, which does not give back");
        }
    }

    /** It has collected nothing, so the next one need not wait until the interval is over. */
    @Test
    void aRefusalBecauseAnotherProbeIsAtWorkIsNotKept() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        SharedProbe shared = new SharedProbe(
                () -> {
                    IOException refusal = new ProbeRefusedException("not now", busy.get());
                    throw new IllegalStateException(refusal.getMessage(), refusal);
                },
                Duration.ofHours(1));
        assertThat(shared.get().failure()).isEqualTo("not now");
        assertThat(shared.last()).isNull();
        busy.set(false);
        SharedProbe.Result refused = shared.get();
        assertThat(shared.last()).isSameAs(refused);
        assertThat(shared.get())
                .as("a probe of this JVM will always be refused")
                .isSameAs(refused);
    }

    @Test
    void refusesWhatItCannotDo() {
        Reachability all = Reachability.ofAllVirtualThreads();
        assertThatThrownBy(() -> all.reap(Duration.ofSeconds(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("--reap N");
        assertThatThrownBy(() -> Reachability.ofAllVirtualThreads(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the longest pause must be positive, but is PT0S");
        all.close();
        all.close();
    }
}
