package org.leaklab.pages.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.pages.report.PlantedResults.around;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core beside its peers: only what was measured well, and only like with like. */
@Tag("once")
class CoreTopicTest {

    private final PlantedResults planted = new PlantedResults();

    @TempDir
    Path folder;

    private void add(String jdk, String benchmark, String implementation, double nanos, double rounds) {
        planted.own(
                        jdk,
                        "core." + benchmark,
                        "ns/op",
                        around(nanos),
                        "implementation",
                        implementation,
                        "threads",
                        "platform",
                        "carriers",
                        "default")
                .with("rounds", "rounds", rounds);
    }

    private List<String> findings() throws IOException {
        return ReportPage.markdown(List.of(planted.to(folder.resolve("core.json"))));
    }

    @Test
    void rowsWithTooFewRoundsAndUnlikeHandOffsDoNotCount() throws IOException {
        add("25", "PingPong.roundTrip", "leaklab", 100, 50);
        add("25", "PingPong.roundTrip", "exchanger", 200, 50);
        add("25", "PingPong.roundTrip", "jox", 38_728, 1);
        add("25", "WaitGroupHandOff.handOff", "leaklab", 100, 50);
        add("25", "WaitGroupHandOff.handOff", "count-down-latch", 50, 50);
        assertThat(String.join("\n", findings()))
                .containsPattern("(?s)the scheduling core is\\s+ahead in 1, behind in 0\\s+and too close to tell in 0")
                .containsPattern("(?s)farthest\\s+ahead\\s+of\\s+exchanger")
                .doesNotContain("jox", "count-down-latch");
        assertThat(ReportPage.html(List.of(folder.resolve("core.json")))).contains("3 results are left out: ");
    }

    /** It lets who leaves come in again: fewer turns of the processor, and no faster hand-off. */
    @Test
    void aFairLockIsNotCalledFarBehindAnUnfairOne() throws IOException {
        add("25", "MutexHandOff.turn", "leaklab", 1000, 50);
        add("25", "MutexHandOff.turn", "reentrant-lock", 10, 50);
        add("25", "MutexHandOff.turn", "reentrant-lock-fair", 900, 50);
        assertThat(String.join("\n", findings()))
                .containsPattern("(?s)behind\\s+in\\s+2")
                .containsPattern("(?s)farthest\\s+behind\\s+reentrant-lock-fair\\s+in\\s+mutex");
    }

    @Test
    void ofWhatGotWorseOnAJdkPeersComeLast() throws IOException {
        for (String jdk : List.of("21", "25")) {
            double worse = jdk.equals("25") ? 1 : 0;
            add(jdk, "PingPong.roundTrip", "leaklab", 100 + 50 * worse, 50);
            add(jdk, "PingPong.roundTrip", "jox", 100 + 900 * worse, 50);
        }
        assertThat(String.join(" ", findings()).replaceAll("\\s+", " "))
                .startsWith("1. Worse on JDK 25 than on JDK 21: ping pong (leaklab, ");
        assertThat(ReportPage.html(List.of(folder.resolve("core.json"))))
                .contains("Worse on JDK 25 than on JDK 21, a peer of the core: ping pong (jox, ");
    }

    @Test
    void whereOnlyAPeerGotWorseThisIsSaidFirst() throws IOException {
        for (String jdk : List.of("21", "25")) {
            add(jdk, "PingPong.roundTrip", "leaklab", 100, 50);
            add(jdk, "PingPong.roundTrip", "jox", jdk.equals("25") ? 1000 : 100, 50);
        }
        assertThat(String.join(" ", findings()).replaceAll("\\s+", " "))
                .startsWith("1. Nothing but peers of the core is significantly worse than on JDK 21. ");
    }
}
