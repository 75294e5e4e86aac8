package org.leaklab.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.bench.MeasuredRow;
import org.leaklab.results.JmhResult;

/** A percentile near requests that failed is no latency; the share after the last carrier is that of no duration. */
class FailedRequestsTest {

    private static JmhResult row(int seconds, double... failures) {
        JmhResult row = MeasuredRow.of(
                        "latency.PinnedCarrierLatency.requests",
                        "percent",
                        "1",
                        "rate",
                        "200",
                        "seconds",
                        Integer.toString(seconds))
                .is("s/op", 2, 2);
        return MeasuredRow.with(row, "failures", "requests", failures);
    }

    /** By hand: a second leak is request 200, so of 400 requests 200 come after it, and of 2,000 requests 1,800. */
    @Test
    void theShareAfterTheLastCarrierDoesNotDependOnTheDuration() {
        FailedRequests brief = FailedRequests.of(row(2, 200, 200));
        FailedRequests longer = FailedRequests.of(row(10, 1800, 1801));
        assertThat(brief.share()).isEqualTo(50);
        assertThat(longer.share()).isCloseTo(90.025, within(1e-9));
        assertThat(brief.afterLastCarrier()).containsExactly(100.0, 100.0);
        assertThat(longer.afterLastCarrier()).containsExactly(100.0, 100.0);
        assertThat(FailedRequests.of(row(2, 0, 50)).afterLastCarrier()).containsExactly(0.0, 25.0);
    }

    @Test
    void whereNoSecondLeakComesThereIsNoSuchShare() {
        assertThat(FailedRequests.of(row(1, 0)).afterLastCarrier()).isEmpty();
        assertThat(new FailedRequests(List.of(0.0), 400, 0).afterLastCarrier()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "   0, 50,   true",
        "   0, 99.9, true",
        "1000, 50,   true",
        "1001, 50,   false",
        " 100, 99,   true",
        " 101, 99,   false",
        "  11, 99.9, false"
    })
    void aPercentileStandsOnRequestsThatWereAnswered(double failed, double percentile, boolean latency) {
        assertThat(new FailedRequests(List.of(failed), 100_000, 1).isLatency(percentile))
                .isEqualTo(latency);
    }

    @Test
    void aHistogramTellsThemByTheTimeThatOneIsWaitedFor() {
        Histogram histogram = new Histogram(3);
        assertThat(FailedRequests.of(histogram).share()).isZero();
        histogram.recordValueWithCount(9831, 300);
        assertThat(FailedRequests.of(histogram).share()).isZero();
        histogram.recordValueWithCount(2_021_375, 100);
        assertThat(FailedRequests.of(histogram).share()).isEqualTo(25);
    }

    @Test
    void whereNobodyCountedThemNoneFailed() {
        JmhResult row = MeasuredRow.of("latency.LatencyImpact.requests").is("s/op", 1);
        assertThat(FailedRequests.of(row).failed()).isEmpty();
        assertThat(FailedRequests.of(row).isLatency(99.9)).isTrue();
    }
}
