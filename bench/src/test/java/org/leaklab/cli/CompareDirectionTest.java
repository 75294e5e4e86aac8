package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which direction of a metric is better is known of some units, and guessed of none. */
@Tag("once")
class CompareDirectionTest extends CommandTest {

    @TempDir
    Path folder;

    private String file(String name, String metric, String unit, int first) throws IOException {
        String raw = "[[%d],[%d],[%d],[%d],[%d]]".formatted(first, first + 1, first + 2, first + 3, first + 4);
        return Files.writeString(folder.resolve(name), """
                        [{"benchmark": "a.b.Bench.go", "mode": "avgt", "jdkVersion": "25.0.3",
                          "primaryMetric": {"score": 1, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[1],[1],[1],[1],[1]]},
                          "secondaryMetrics": {"%s": {"score": %d, "scoreError": 0, "scoreUnit": "%s", "rawData": %s}}}]""".formatted(metric, first, unit, raw))
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ipc, insns/clk, better, worse, 1",
        "cpi, clks/insn, worse, better, 0",
        "gc.alloc.rate, MB/sec, more, less, 2",
        "gc.alloc.rate.norm, B/op, worse, better, 0",
        "gc.count, counts, more, less, 2",
        "gc.time, ms, worse, better, 0",
        "events, events/s, more, less, 2"
    })
    void aMetricThatGrows(String metric, String unit, String grown, String shrunk, int exitWhenShrunk)
            throws IOException {
        String base = file("base.json", metric, unit, 100);
        String next = file("next.json", metric, unit, 200);
        assertThat(execute("compare", "--filter", metric, base, next)).isZero();
        assertThat(out.toString()).containsPattern("Bench.go " + metric + " .* " + grown + " +p=0.008 n=5");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", "--filter", metric, next, base, "--fail-above", "5%"))
                .isEqualTo(exitWhenShrunk);
        assertThat(out.toString()).containsPattern("Bench.go " + metric + " .* " + shrunk + " +p=0.008 n=5");
    }

    @Test
    void whatHasNoDirectionIsNotCountedAsWorse() throws IOException {
        String base = file("base.json", "gc.alloc.rate", "MB/sec", 100);
        String next = file("next.json", "gc.alloc.rate", "MB/sec", 200);
        assertThat(execute("compare", "--filter", "alloc", base, next, "--fail-above", "5%"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("1 measure, 0 significantly better, 0 worse, 1 more or less");
        assertThat(err.toString())
                .contains("Bench.go gc.alloc.rate is more in next.json: ", "nothing says whether that is worse")
                .hasLineCount(1);
        out.getBuffer().setLength(0);
        assertThat(execute("compare", "--filter", "alloc", base, next, "--format", "markdown"))
                .isZero();
        assertThat(out.toString()).contains("**0 worse, 0 better**, 1 more or less of 1 measures", " | more | ");
        assertThat(execute("compare", "--filter", "alloc", base, next, "--fail-above", "150%"))
                .isZero();
    }

    private String ofGo(String name, int first) throws IOException {
        List<String> lines = new ArrayList<>(List.of("pkg: a/b"));
        for (int fork = 1; fork <= 5; fork++) {
            lines.add("fork: " + fork);
            lines.add("BenchmarkA 5 1 ns/op " + (first + fork) + " MB/s");
        }
        return Files.write(folder.resolve(name), lines).toString();
    }

    @Test
    void moreMegabytesOfGoAreBetter() throws IOException {
        assertThat(execute("compare", "--filter", "MB/s", ofGo("base.txt", 100), ofGo("next.txt", 200)))
                .isZero();
        assertThat(out.toString()).containsPattern("MB/s .* better +p=0.008 n=5");
    }
}
