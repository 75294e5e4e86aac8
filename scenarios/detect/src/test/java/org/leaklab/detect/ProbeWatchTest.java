package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** Who looks while a probe is under way is told, whether it is one of this JVM or of another process. */
class ProbeWatchTest {

    private static final ThreadSource JVM = ThreadSource.jvm();

    @Test
    void aProbeIsSeenByWhoBeganBeforeItAndByWhoBeganMeanwhile() throws InterruptedException {
        ProbeWatch before = ProbeWatch.begin();
        assertThat(before.sawProbe()).isFalse();
        ProbeWatch meanwhile = ProbeWatch.during(() -> {
            assertThat(before.sawProbe()).isTrue();
            assertThat(ProbeWatch.awaitNone(Duration.ofMillis(1))).isFalse();
            assertThat(Health.of(JVM).unseen()).contains(ProbeWatch.SENTENCE);
            assertThat(Deadlock.report(JVM).notes()).contains(ProbeWatch.SENTENCE);
            return ProbeWatch.begin();
        });
        assertThat(before.sawProbe()).as("it has ended since").isTrue();
        assertThat(meanwhile.sawProbe()).as("it has ended since").isTrue();
        assertThat(ProbeWatch.begin().sawProbe()).isFalse();
        assertThat(ProbeWatch.awaitNone(Duration.ZERO)).isTrue();
        assertThat(Health.of(JVM).unseen()).doesNotContain(ProbeWatch.SENTENCE);
    }

    @Test
    void aDetectorOfReachabilityRunsProbes() throws InterruptedException {
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                Reachability reachability = Reachability.of(threads)) {
            ProbeWatch watch = ProbeWatch.begin();
            assertThat(watch.sawProbe()).isFalse();
            reachability.probe();
            assertThat(watch.sawProbe()).isTrue();
        }
    }

    @Test
    void aProbeOfAnotherProcessIsSeen() throws ReflectiveOperationException {
        ProbeWatch before = ProbeWatch.begin();
        try (OutsideProbe probe = OutsideProbe.begin()) {
            assertThat(ProbeWatch.begin().sawProbe()).isTrue();
        }
        assertThat(before.sawProbe()).as("it has ended since").isTrue();
        assertThat(ProbeWatch.begin().sawProbe()).isFalse();
    }

    /** In a JVM that does not show what the agent notes. */
    @Test
    void aProbeOfAnotherProcessIsKnownByItsThreadsToo() throws Exception {
        assertThat(OtherJvm.run(List.of(), NamedAsAProbe.class)).contains("false, true, false");
    }
}
