package org.leaklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histograms come through JSON, and percentiles are those of all forks, if enough values are behind them. */
@Tag("once")
class LatenciesTest {

    private static Histogram of(long micros, int times) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(micros, times);
        return histogram;
    }

    private static String row(String latencies) {
        return "[{\"benchmark\": \"a.B.c\", \"primaryMetric\": {\"score\": 1}, \"latencies\": [" + latencies + "]}]";
    }

    @Test
    void theyAreReadFromResults(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("latency.json"),
                row("\"" + Latencies.encoded(of(10, 150)) + "\", \"" + Latencies.encoded(of(30, 50)) + "\""));
        Latencies read = ResultFile.read(file).getFirst().latencies();
        assertThat(read.forks()).hasSize(2);
        assertThat(read.merged().getTotalCount()).isEqualTo(200);
        assertThat(read.percentile(50)).hasValue(10);
        assertThat(read.percentile(51)).isEmpty(); // 98 values behind it
        assertThat(read.percentileOfForks(50)).isEmpty(); // 75 and 25
    }

    @Test
    void whatIsNoHistogramIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("latency.json"), row("\"bm9uZQ==\""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultFile.read(file))
                .withMessageContaining("result 1 (a.B.c): has latencies that are no histograms");
    }

    @Test
    void mostResultsHaveNone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("core.json"), row(""));
        assertThat(ResultFile.read(file).getFirst().latencies().isEmpty()).isTrue();
        assertThat(Latencies.NONE.percentile(50)).isEmpty();
        assertThat(new Latencies(List.of(of(1, 10_000))).percentile(99)).hasValue(1);
    }
}
