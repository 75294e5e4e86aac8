package org.leaklab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.Latencies;
import org.leaklab.results.ResultFile;

/** Percentiles from histograms that were filled by hand. */
class LatencyHeadlinesTest {

    /** 1 to 1,000 us, each so often. */
    private static Histogram upTo1000(int times) {
        Histogram histogram = new Histogram(3);
        for (int micros = 1; micros <= 1000; micros++) {
            histogram.recordValueWithCount(micros, times);
        }
        return histogram;
    }

    private static List<Headline> of(List<Histogram> forks) {
        return new LatencyHeadlines()
                .of(List.of(new JmhResult(
                        "org.leaklab.bench.latency.LatencyImpact.requests",
                        Map.of("form", "leaky", "percent", "10"),
                        "ss",
                        "25",
                        List.of(),
                        new JmhResult.Metric("s/op", 5, 0, List.of()),
                        Map.of(),
                        JmhResult.Run.UNKNOWN,
                        new Latencies(forks))));
    }

    @Test
    void percentilesAreThoseOfAllForksTogether() {
        Histogram slow = new Histogram(3);
        slow.recordValueWithCount(5000, 10_000);
        List<Headline> headlines = of(List.of(upTo1000(10), slow));
        assertThat(headlines)
                .extracting(Headline::measure)
                .containsExactly("time of a request, p50", "time of a request, p99"); // 20 behind p99.9
        assertThat(headlines.getFirst().value()).isEqualTo(1000); // the mean of medians would be 2,750
        assertThat(headlines.getFirst().forks()).hasSize(2).first().isEqualTo(500.0);
        assertThat(headlines.getLast().value()).isCloseTo(5000, within(5.0));
        assertThat(headlines.getLast().params()).containsEntry("form", "leaky").containsEntry("percent", "10");
    }

    /** Half fail in each fork, after the second leak: p50 is the slowest that was still answered. */
    @Test
    void whereHalfFailedTheirShareIsSaidAndNoPercentile() {
        Histogram fork = new Histogram(3);
        fork.recordValueWithCount(1400, 199);
        fork.recordValueWithCount(9831, 1);
        fork.recordValueWithCount(2_021_375, 200);
        assertThat(pinned(fork, 200)).singleElement().satisfies(share -> {
            assertThat(share.measure()).isEqualTo("requests that fail after the second leak");
            assertThat(share.value()).isEqualTo(100);
            assertThat(share.forks()).containsExactly(100.0, 100.0);
            assertThat(share.mean()).isFalse();
            assertThat(share.params()).containsEntry("form", "pinned").containsEntry("percent", "1");
        });
    }

    @Test
    void whereNoneFailedBothAreSaid() {
        Histogram fork = new Histogram(3);
        fork.recordValueWithCount(1400, 400);
        assertThat(pinned(fork, 0))
                .extracting(Headline::measure, Headline::value)
                .containsExactly(
                        tuple("requests that fail after the second leak", 0.0),
                        tuple("time of a request, p50", 1400.0));
    }

    private static List<Headline> pinned(Histogram fork, double failures) {
        return new LatencyHeadlines()
                .of(List.of(new JmhResult(
                        "org.leaklab.bench.latency.PinnedCarrierLatency.requests",
                        Map.of("percent", "1"),
                        "ss",
                        "21",
                        List.of(),
                        new JmhResult.Metric("s/op", 5, 0, List.of()),
                        Map.of(
                                "failures",
                                new JmhResult.Metric(
                                        "requests", failures, 0, List.of(List.of(failures), List.of(failures)))),
                        JmhResult.Run.UNKNOWN,
                        new Latencies(List.of(fork, fork)))));
    }

    @Test
    void aForkWithTooFewRequestsGivesNoValueOfItsOwn() {
        List<Headline> ten = of(Collections.nCopies(10, upTo1000(10))); // 100,000 requests, 100 of them behind p99.9
        assertThat(ten).hasSize(3);
        assertThat(ten.get(1).forks()).hasSize(10);
        assertThat(ten.getLast().measure()).isEqualTo("time of a request, p99.9");
        assertThat(ten.getLast().value()).isCloseTo(999, within(1.0));
        assertThat(ten.getLast().forks()).isEmpty();
    }

    @Test
    void olderResultsHaveOnlyForksOfTooFewRequests() {
        assertThat(new LatencyHeadlines().of(ResultFile.read(Path.of("src/test/resources/older/25/latency.json"))))
                .extracting(Headline::measure)
                .as("no percentile")
                .containsExactly("requests that fail after the second leak");
    }

    /**
     * Logarithms of both sides have a deviation of ln 1.1; R: (qt(0.975,4)+qt(0.8,4)) * log(1.1) * sqrt(2/3) = 0.28929.
     */
    @Test
    void theSmallestEffectThatWouldShowIsSaid() {
        List<Double> base = List.of(100 / 1.1, 100.0, 110.0);
        Effect effect =
                Effect.of(base, base.stream().map(value -> 2 * value).toList()).orElseThrow();
        assertThat(effect.ratio()).isCloseTo(2, within(1e-9));
        assertThat(Math.log(effect.smallest())).isCloseTo(0.28929, within(1e-5));
        assertThat(Effect.of(List.of(1.0, 2.0), base)).isEmpty();
    }
}
