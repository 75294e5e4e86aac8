package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.StuckThread;

/** A thread costs what was measured of its way of being stuck, and nothing is said where that was not. */
@Tag("once")
class CostTest {

    @TempDir
    Path folder;

    private static String population(String on, String depth, int size, double heap) {
        return """
                {"benchmark": "org.leaklab.bench.memory.RetainedMemory.Warm.stuck", "mode": "ss", "jdkVersion": "25.0.3",
                 "params": {"on": "%s", "threads": "virtual", "depth": "%s", "payload": "0", "fifths": "%d"},
                 "primaryMetric": {"score": 1, "scoreUnit": "ms/op"},
                 "secondaryMetrics": {
                   "population": {"score": %d, "scoreUnit": "threads", "rawData": [[%d]]},
                   "heap": {"score": %f, "scoreUnit": "B", "rawData": [[%f]]}}}""".formatted(on, depth, size, size, size, heap, heap);
    }

    private Evidence evidence(String... results) throws IOException {
        Path file = folder.resolve("memory.json");
        Files.writeString(file, "[" + String.join(",", results) + "]");
        Evidence evidence = new Evidence();
        evidence.read(List.of(file));
        return evidence;
    }

    private static StuckThread stuckAt(String method) {
        return new StuckThread("t", "waiting", null, List.of(method + "(F.java:1)"));
    }

    @Test
    void aWayOfBeingStuckThatWasMeasured() throws IOException {
        List<String> results = new ArrayList<>();
        for (int size = 1_000; size <= 3_000; size += 1_000) {
            results.add(population("channel", "0", size, 5_000 + 1_040.0 * size));
            results.add(population("channel", "50", size, 9_000.0 * size));
            results.add(population("sleep", "0", size, 700.0 * size));
        }
        Evidence evidence = evidence(results.toArray(String[]::new));
        List<Cost> costs = Cost.of(List.of(stuckAt("org.leaklab.core.Channel.send")), evidence);
        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.on()).isEqualTo("channel");
            assertThat(cost.threads()).isEqualTo("virtual");
            assertThat(cost.bytes()).startsWith("1,040 B (1,040 to 1,040)");
        });
        assertThat(Cost.of(List.of(stuckAt("org.leaklab.core.Mutex.lock")), evidence))
                .as("no mutex was measured")
                .isEmpty();
        evidence.read(List.of(Path.of("../results/25/stuck.json")));
        List<Lesson> lessons = Lesson.of(Catalogue.load().idioms("early-return"), evidence);
        assertThat(new Site(lessons, false).pages().get("early-return.html"))
                .contains("id=\"cost-channel\"", "1,040 B (1,040 to 1,040)");
    }

    @Test
    void twoSizesSayNothing() throws IOException {
        Evidence evidence =
                evidence(population("channel", "0", 1_000, 1_000), population("channel", "0", 2_000, 2_000));
        assertThat(Cost.of(List.of(stuckAt("org.leaklab.core.Channel.send")), evidence))
                .isEmpty();
    }
}
