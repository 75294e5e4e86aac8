package org.leaklab.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Bytes a thread from rows that were written by hand. */
class MemoryHeadlinesTest {

    private static final Offset<Double> EXACT = within(1e-6);

    /** A fork for each number of bytes a thread, each with populations of 1,000 to 5,000 and 4,000 B for all. */
    private static JmhResult row(String threads, String holder, double... bytes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("depth", "0");
        params.put("holder", holder);
        params.put("on", "channel");
        params.put("payload", "0");
        params.put("threads", threads);
        List<Double> sizes = List.of(1e3, 2e3, 3e3, 4e3, 5e3);
        Map<String, JmhResult.Metric> secondary = new LinkedHashMap<>();
        secondary.put(
                "population",
                metric(Arrays.stream(bytes).mapToObj(fork -> sizes).toList()));
        for (String name : MemorySeries.METRICS) {
            secondary.put(
                    name,
                    metric(Arrays.stream(bytes)
                            .mapToObj(fork -> sizes.stream()
                                    .map(size -> 4_000 + size * fork)
                                    .toList())
                            .toList()));
        }
        return new JmhResult(
                "org.leaklab.bench.memory.RetainedMemory.Warm.stuck",
                params,
                "ss",
                "25",
                List.of(),
                metric(List.of()),
                secondary);
    }

    private static JmhResult.Metric metric(List<List<Double>> forks) {
        return new JmhResult.Metric("B", 0, 0, forks);
    }

    @Test
    void aVirtualThreadIsJudgedByItsHeapForkByFork() {
        assertThat(new MemoryHeadlines().of(List.of(row("virtual", "array", 900, 910))))
                .singleElement()
                .satisfies(headline -> {
                    assertThat(headline.measure()).isEqualTo("heap of a stuck thread");
                    assertThat(headline.value()).isCloseTo(905, EXACT);
                    assertThat(headline.forks().getFirst()).isCloseTo(900, EXACT);
                    assertThat(headline.forks().getLast()).isCloseTo(910, EXACT);
                    assertThat(headline.mean()).isTrue();
                    assertThat(headline.params())
                            .containsEntry("holder", "array")
                            .containsEntry("code", "Warm");
                });
    }

    @Test
    void aPlatformThreadIsJudgedByResidentMemory() {
        assertThat(new MemoryHeadlines().of(List.of(row("platform", "array", 21_000))))
                .extracting(Headline::measure)
                .containsExactly("resident memory of a stuck thread", "native memory of a stuck thread, committed");
    }

    @Test
    void whatTheLauncherAddsIsTheDifferenceOfEachPass() {
        assertThat(new MemoryHeadlines()
                        .of(List.of(row("virtual", "array", 900, 910), row("virtual", "launcher", 1000, 1012))))
                .last()
                .satisfies(headline -> {
                    assertThat(headline.measure()).isEqualTo("heap that the launcher adds to a thread");
                    assertThat(headline.value()).isCloseTo(101, EXACT); // 1006 - 905
                    assertThat(headline.forks().getFirst()).isCloseTo(100, EXACT);
                    assertThat(headline.forks().getLast()).isCloseTo(102, EXACT);
                });
    }

    @Test
    void nearlyNothingIsInNoMean() {
        assertThat(new MemoryHeadlines().of(List.of(row("virtual", "nobody", 3, -1))))
                .singleElement()
                .satisfies(headline -> {
                    assertThat(headline.value()).isCloseTo(1, EXACT);
                    assertThat(headline.mean()).isFalse();
                });
    }

    /** There a population of each size had a JVM of its own, and a launcher held all of them. */
    @Test
    void olderResultsGiveASlopeForEachPassAndSayWhoHeldTheThreads() {
        List<Headline> old = new MemoryHeadlines().of(ResultFile.read(Path.of("..", "results", "25", "memory.json")));
        assertThat(old).isNotEmpty().allSatisfy(headline -> {
            assertThat(headline.value()).isFinite();
            assertThat(headline.forks()).hasSize(5);
            assertThat(headline.params().get("holder")).startsWith("launcher");
            assertThat(headline.value())
                    .isCloseTo(
                            headline.forks().stream()
                                    .mapToDouble(fork -> fork)
                                    .average()
                                    .orElseThrow(),
                            within(1e-3 * Math.abs(headline.value()) + 1e-3));
        });
        assertThat(old.stream().map(Headline::question)).doesNotHaveDuplicates();
    }
}
