package org.leaklab.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Figures of the core from rows that were written by hand. */
class CoreHeadlinesTest {

    private static JmhResult row(String benchmark, String implementation, double rounds, double... forks) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("carriers", "default");
        params.put("implementation", implementation);
        params.put("threads", "virtual");
        List<List<Double>> raw =
                java.util.Arrays.stream(forks).mapToObj(List::of).toList();
        double mean = java.util.Arrays.stream(forks).average().orElseThrow();
        return new JmhResult(
                "org.leaklab.bench.core." + benchmark,
                params,
                "avgt",
                "25",
                List.of(),
                new JmhResult.Metric("ns/op", mean, 1, raw),
                Map.of("rounds", new JmhResult.Metric("rounds", rounds, 0, List.of(List.of(rounds)))));
    }

    private static List<Headline> of(JmhResult... rows) {
        return new CoreHeadlines().of(List.of(rows));
    }

    @Test
    void timeIsThatOfARowAndOfItsForks() {
        assertThat(of(row("RendezvousOneToOne.value", "leaklab", 50, 200, 220)))
                .singleElement()
                .satisfies(headline -> {
                    assertThat(headline.measure()).isEqualTo("rendezvous one to one");
                    assertThat(headline.unit()).isEqualTo("ns/op");
                    assertThat(headline.better()).isEqualTo(Better.LESS);
                    assertThat(headline.value()).isEqualTo(210);
                    assertThat(headline.forks()).containsExactly(200.0, 220.0);
                    assertThat(headline.params()).containsEntry("implementation", "leaklab");
                });
    }

    /** 200 ns a value are 5,000,000 values a second. */
    @Test
    void fourToFourIsThroughput() {
        assertThat(of(row("BufferedFourToFour.value", "leaklab", 50, 200, 200)))
                .singleElement()
                .satisfies(headline -> {
                    assertThat(headline.unit()).isEqualTo("values/s");
                    assertThat(headline.better()).isEqualTo(Better.MORE);
                    assertThat(headline.value()).isEqualTo(5_000_000);
                    assertThat(headline.forks()).containsExactly(5_000_000.0, 5_000_000.0);
                });
    }

    @Test
    void theYieldIsTakenOffATurnInAMutexForkByFork() {
        assertThat(of(
                        row("MutexHandOff.turn", "leaklab", 50, 500, 540),
                        row("MutexHandOff.turn", "yield-only", 50, 100, 120)))
                .singleElement()
                .satisfies(headline -> {
                    assertThat(headline.value()).isEqualTo(410); // 520 - 110
                    assertThat(headline.forks()).containsExactly(400.0, 420.0);
                });
        assertThat(of(row("MutexHandOff.turn", "leaklab", 50, 500))).isEmpty();
    }

    @Test
    void whatWasNotMeasuredWellIsLeftOut() {
        assertThat(of(
                        row("RendezvousOneToOne.value", "jox", 1, 20_000),
                        row("WaitGroupHandOff.handOff", "leaklab", 50, 200),
                        row("PingPong.roundTrip", "jox", 50, Double.NaN)))
                .isEmpty();
        assertThat(of(
                        row("WaitGroupHandOff.turn", "leaklab", 50, 200),
                        row("WaitGroupHandOff.turn", "yield-only", 50, 90)))
                .hasSize(1);
    }

    @Test
    void olderResultsGiveWhatTheyHonestlyCan() {
        List<Headline> old = new CoreHeadlines().of(ResultFile.read(Path.of("..", "results", "25", "core.json")));
        assertThat(old)
                .isNotEmpty()
                .noneMatch(headline -> headline.measure().contains("mutex")
                        || headline.measure().contains("wait group"))
                .allSatisfy(headline -> assertThat(headline.value()).isFinite());
        assertThat(old.stream().map(Headline::question)).doesNotHaveDuplicates();
    }

    /** There a round took 387 ms, and an iteration 100 ms. */
    @Test
    void olderRowsThatHadOneRoundAnIterationAreLeftOut() {
        List<Headline> old = new CoreHeadlines().of(ResultFile.read(Path.of("..", "results", "27", "core.json")));
        assertThat(old)
                .anyMatch(headline -> headline.measure().equals("select with timeout"))
                .allSatisfy(headline -> assertThat(headline.unit().equals("ns/op") ? headline.value() : 0)
                        .isLessThan(25_000));
    }
}
