package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.JvmThreads;
import org.leaklab.detect.ThreadSource;
import org.leaklab.lab.Watch.Count;
import org.leaklab.lab.Watch.Look;
import org.leaklab.lab.Watch.Phase;
import org.leaklab.scenario.Scenario;

/** A leak is seen to grow, to stay, to be freed; the cure is seen to leave nothing. */
class WatchTest {

    private static final Duration PACE = Duration.ofMillis(50);

    @ParameterizedTest
    @CsvSource({"first-result-wins, VIRTUAL, 48", "mutex-never-unlocked, PLATFORM, 108", "infinite-loop, VIRTUAL, 3"})
    void aLeakGrowsAndIsCured(String id, ThreadKind kind, int leaked) throws Exception {
        Set<Thread> before = JvmThreads.platform();
        List<Look> looks = new ArrayList<>();
        new Watch(Catalogue.load().get(id), List.of(kind), PACE).run(looks::add);

        assertThat(looks)
                .extracting(Look::phase)
                .containsSubsequence(Phase.LEAKY, Phase.LEFT, Phase.FREED, Phase.FIXED);
        assertThat(of(Phase.LEAKY, looks))
                .extracting(look -> only(look).alive())
                .isSorted();
        assertThat(of(Phase.LEFT, looks))
                .last()
                .isEqualTo(new Look(Phase.LEFT, 0, List.of(new Count(kind, leaked, leaked))));
        assertThat(of(Phase.FREED, looks)).containsExactly(new Look(Phase.FREED, 0, List.of(new Count(kind, 0, 0))));
        assertThat(only(of(Phase.FIXED, looks).getLast()).alive()).isZero();
        assertThat(of(Phase.FIXED, looks).getLast().runs())
                .isEqualTo(of(Phase.LEAKY, looks).getLast().runs());
        assertNothingIsLeft(before);
    }

    @Test
    void bothKindsAreSeenAtOnce() throws Exception {
        List<Look> looks = new ArrayList<>();
        new Watch(Catalogue.load().get("surplus-senders"), List.of(ThreadKind.values()), PACE).run(looks::add);
        assertThat(looks)
                .allSatisfy(look ->
                        assertThat(look.counts()).extracting(Count::kind).containsExactly(ThreadKind.values()));
        assertThat(of(Phase.LEFT, looks).getLast().counts())
                .extracting(Count::stuck)
                .doesNotContain(0);
        assertThat(of(Phase.FREED, looks).getLast().counts())
                .extracting(Count::alive)
                .containsOnly(0);
    }

    private static Count only(Look look) {
        assertThat(look.counts()).hasSize(1);
        return look.counts().getFirst();
    }

    @Test
    void nothingIsLeftWhenTheLookerFails() throws Exception {
        Set<Thread> before = JvmThreads.platform();
        Watch watch = new Watch(Catalogue.load().get("surplus-senders"), List.of(ThreadKind.values()), PACE);
        assertThatThrownBy(() -> watch.run(look -> {
                    throw new IllegalStateException("blind");
                }))
                .hasMessage("blind");
        assertNothingIsLeft(before);
    }

    @Test
    void whatCannotBeSeenIsRefused() {
        Scenario pinned = Catalogue.load().get("pinned-carrier");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watch(pinned, List.of(ThreadKind.VIRTUAL), PACE))
                .withMessageContaining("a JVM of its own");
        Scenario swallowed = Catalogue.load().get("swallowed-error");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watch(swallowed, List.of(ThreadKind.VIRTUAL), PACE))
                .withMessageContaining("leaves no thread stuck");
    }

    private static List<Look> of(Phase phase, List<Look> looks) {
        return looks.stream().filter(look -> look.phase() == phase).toList();
    }

    private static void assertNothingIsLeft(Set<Thread> before) {
        assertThat(ThreadSource.jvm().threads())
                .allSatisfy(watched -> assertThat(watched.launched()).isNull());
        Set<Thread> after = new HashSet<>(JvmThreads.platform());
        after.removeAll(before);
        assertThat(after)
                .allSatisfy(thread ->
                        assertThat(thread.join(Duration.ofSeconds(10))).isTrue());
    }
}
