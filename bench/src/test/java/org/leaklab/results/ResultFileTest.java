package org.leaklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever JMH writes is read, and whatever it does not write is refused with the file, the place and the reason. */
@Tag("once")
class ResultFileTest {

    private static final String PLAIN = """
            [{
              "jmhVersion": "1.37", "benchmark": "other.Project.method", "mode": "thrpt", "jdkVersion": "11.0.2",
              "jvmArgs": ["-Xmx1g"],
              "params": {"size": "10", "kind": "a"},
              "primaryMetric": {"score": 2.5, "scoreError": "NaN", "scoreUnit": "ops/s", "rawData": [[1, 2], [3, 4]]},
              "secondaryMetrics": {
                "gc.alloc.rate": {"score": "+INF", "scoreError": 0.5, "scoreUnit": "MB/sec", "rawData": [["-INF"]]}
              }
            }]""";

    private static final String SAMPLED = """
            [{
              "benchmark": "other.Project.method", "mode": "sample",
              "primaryMetric": {"score": 2, "scoreError": 0.1, "scoreUnit": "us/op",
                "scorePercentiles": {"0.0": 1, "100.0": 4},
                "rawDataHistogram": [[[[1, 2], [4, 1]], [[3, 5]]], [[[2, 1]]]]}
            }]""";

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("result.json"), text);
    }

    @Test
    void numbersWordsAndParametersAreRead() throws IOException {
        JmhResult result = ResultFile.read(file(PLAIN)).getFirst();
        assertThat(result.benchmark()).isEqualTo("other.Project.method");
        assertThat(result.params())
                .containsExactly(java.util.Map.entry("size", "10"), java.util.Map.entry("kind", "a"));
        assertThat(result.jdk()).isEqualTo("11.0.2");
        assertThat(result.jvmArgs()).containsExactly("-Xmx1g");
        assertThat(result.primary().error()).isNaN();
        assertThat(result.primary().forkMeans()).containsExactly(1.5, 3.5);
        assertThat(result.secondary().get("gc.alloc.rate").score()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(result.secondary().get("gc.alloc.rate").forks()).containsExactly(List.of(Double.NEGATIVE_INFINITY));
    }

    @Test
    void aSampledIterationIsTheMeanOfItsSamples() throws IOException {
        JmhResult result = ResultFile.read(file(SAMPLED)).getFirst();
        assertThat(result.params()).isEmpty();
        assertThat(result.primary().forks()).containsExactly(List.of(2.0, 3.0), List.of(2.0));
    }

    @Test
    void itMayBeGzipped() throws IOException {
        Path gzipped = folder.resolve("result.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write(PLAIN.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ResultFile.read(gzipped)).isEqualTo(ResultFile.read(file(PLAIN)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                    | is not a list of results
                    [{"mode": "avgt"}]                                    | result 1: has no name of a benchmark
                    [{"benchmark": "a.B.c"}]                              | result 1 (a.B.c): has no primaryMetric
                    [{"benchmark": "a.B.c", "primaryMetric": {}}]         | result 1 (a.B.c): has no score in primaryMetric
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawData": [["x"]]}}] | no number: "x"
                    [{"benchmark":                                        | line 1
                    """)
    void whatIsMalformedIsNamed(String text, String expected) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + file + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no file \"" + file + "\" that can be read");
    }
}
