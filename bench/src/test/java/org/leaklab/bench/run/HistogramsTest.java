package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.results.IntervalLog;

/** What a row leaves takes the place of what it left before, and of nothing else. */
class HistogramsTest {

    @TempDir
    private Path folder;

    private void fork(Histograms histograms, int fork, boolean measured, String... names) throws IOException {
        try (Histograms.Fresh fresh = histograms.fresh()) {
            for (String name : names) {
                Files.writeString(fresh.folder().resolve(name), "of this row");
            }
            if (measured) {
                fresh.keep(fork);
            }
            assertThat(fresh.folder()).isDirectory();
        }
    }

    @Test
    void aRowThatIsMeasuredAgainReplacesItsOwn() throws IOException {
        Histograms histograms = new Histograms(folder.resolve("latency.histograms"));
        fork(histograms, 1, true);
        assertThat(histograms.folder()).doesNotExist();
        fork(histograms, 1, true, "latency-leaky-10-virtual.hlog");
        fork(histograms, 2, true, "latency-leaky-10-virtual.hlog");
        assertThat(histograms.folder())
                .isDirectoryContaining("glob:**latency-leaky-10-virtual.hlog")
                .isDirectoryContaining("glob:**latency-leaky-10-virtual-2.hlog");
        fork(histograms, 1, true, "latency-fixed-10-virtual.hlog", ".partial.hlog");
        fork(histograms, 1, true, "latency-leaky-10-virtual.hlog");
        fork(histograms, 1, false, "latency-leaky-1-virtual.hlog");
        assertThat(histograms.folder())
                .isDirectoryContaining("glob:**latency-leaky-10-virtual.hlog")
                .isDirectoryContaining("glob:**latency-fixed-10-virtual.hlog")
                .isDirectoryNotContaining("glob:**-2.hlog")
                .isDirectoryNotContaining("glob:**leaky-1-*")
                .isDirectoryNotContaining("glob:**partial*");
    }

    @Test
    void allValuesOfAForkAreInOneHistogram() throws IOException {
        try (Histograms.Fresh fresh = new Histograms(folder.resolve("latency.histograms")).fresh()) {
            assertThat(fresh.merged()).isNull();
            for (int interval = 1; interval <= 2; interval++) {
                try (IntervalLog log = IntervalLog.open(fresh.folder(), "latency-of-one", "a test")) {
                    Histogram recorded = new Histogram(3);
                    recorded.recordValueWithCount(interval, 10);
                    log.interval(recorded, 0);
                    log.finish();
                }
            }
            assertThat(fresh.merged())
                    .satisfies(all -> assertThat(all.getTotalCount()).isEqualTo(20));
        }
    }
}
