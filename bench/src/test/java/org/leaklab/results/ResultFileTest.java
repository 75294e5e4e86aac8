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
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write("pkg: a/b\nBenchmarkA-4 5 1 ns/op\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ResultFile.read(gzipped)).extracting(JmhResult::benchmark).containsExactly("a.b.A");
    }

    /** Go's number of processors is that of threads: two of them are two rows, as two of JMH's -t are. */
    @Test
    void threadsOfGoAreNotAveraged() throws IOException {
        Path file = file("pkg: a/b\nBenchmarkA 5 1 ns/op\nBenchmarkA-4 5 3 ns/op\n");
        assertThat(ResultFile.read(file))
                .extracting(result ->
                        "-t " + result.run().threads() + ": " + result.primary().score())
                .containsExactly("-t 1: 1.0", "-t 4: 3.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                    | is not a list of results
                    [{"mode": "avgt"}]                                    | result 1: has no name of a benchmark
                    [{"benchmark": "a.B.c"}]                              | result 1 (a.B.c): has no primaryMetric
                    [{"benchmark": "a.B.c", "primaryMetric": {}}]         | result 1 (a.B.c): has no score in primaryMetric
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawData": [["x"]]}}] | no number: "x"
                    [{"benchmark":                                        | line 1
                    [7]                                                   | result 1: is not an object but 7
                    [{"benchmark": ["a"]}]                                | result 1: has in benchmark no text but ["a"]
                    [{"benchmark": "a.B.c", "params": ["x"]}]             | has in params no object but ["x"]
                    [{"benchmark": "a.B.c", "params": {"x": {}}}]         | has in params.x no value but {}
                    [{"benchmark": "a.B.c", "mode": 3, "primaryMetric": {"score": 1}}] | has in mode no text but 3
                    [{"benchmark": "a.B.c", "jvmArgs": "-Xmx1g"}]         | has in jvmArgs no list but "-Xmx1g"
                    [{"benchmark": "a.B.c", "primaryMetric": 4}]          | has in primaryMetric no object but 4
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": "fast"}}] | has in primaryMetric.score something that is no number
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawData": "fast"}}] | no list but "fast"
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawData": [1, 2]}}] | no list of forks, a list of iterations each, but 1
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawDataHistogram": [[[[1, -2]]]]}}] | a count that is none: -2
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1, "rawDataHistogram": [[[[1]]]]}}] | no pair of a value and a count
                    [{"benchmark": "a.B.c", "primaryMetric": {"score": 1}, "secondaryMetrics": {"x": 5}}] | has in x no metric but 5
                    [{"benchmark": "a.B.c", "threads": [], "primaryMetric": {"score": 1}}] | has in threads no value but []
                    "Benchmark","Mode","Score"                            | is a table without a column "Unit"
                    """)
    void whatIsMalformedIsNamed(String text, String expected) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + file + "\"")
                .hasMessageContaining(expected);
    }

    @Test
    void jsonThatIsNestedDeepIsOneSentence() throws IOException {
        Path file = file("[".repeat(10_000));
        assertThatThrownBy(() -> ResultFile.read(file))
                .hasMessage("\"" + file + "\" is not what JMH writes: lists stand in lists a hundred times and more");
    }

    @Test
    void theTableOfJmhIsRead() throws IOException {
        Path file = file("""
                "Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: size","Param: kind"
                "a.B.c","thrpt",4,25,"2,5",NaN,"ops/s",8,"x, ""y\"""
                "a.B.c:\u00b7gc.alloc.rate","thrpt",4,25,16.0,0.1,"MB/sec",8,"x, ""y\"""
                "a.B.d","avgt",1,5,3.0,0.5,"ns/op",,
                """);
        List<JmhResult> results = ResultFile.read(file);
        assertThat(results).hasSize(2);
        JmhResult first = results.getFirst();
        assertThat(first.params()).containsEntry("size", "8").containsEntry("kind", "x, \"y\"");
        assertThat(first.primary().score()).isEqualTo(2.5);
        assertThat(first.run().threads()).isEqualTo("4");
        assertThat(first.secondary()).containsOnlyKeys("gc.alloc.rate");
        assertThat(results.getLast().params()).isEmpty();
        assertThat(results.getLast().primary().error()).isEqualTo(0.5);
    }

    /** Of a locale with commas, and as R writes the headings of a table that it read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    "Score Error (99,9%)","Unit","Param: dim" | "50,75","10,5","ops/min",100 | 10.5
                    "Score.Error..99.9..","Unit","Param..dim" | 50.75,10.5,"ops/min",100     | 10.5
                    "Score Error (90.0%)","Unit","Param: dim" | 50.75,10.5,"ops/min",100     | NaN
                    """)
    void headingsDifferByWhatWroteThem(String heads, String cells, double error) throws IOException {
        JmhResult result = ResultFile.read(
                        file("\"Benchmark\",\"Mode\",\"Score\"," + heads + "\n\"a.B.c\",\"thrpt\"," + cells + "\n"))
                .getFirst();
        assertThat(result.primary().score()).isEqualTo(50.75);
        assertThat(Double.valueOf(result.primary().error())).isEqualTo(Double.valueOf(error));
        assertThat(result.params()).containsExactly(java.util.Map.entry("dim", "100"));
    }

    @Test
    void tablesOfAFolderCountWhereItHasNoJson() throws IOException {
        Files.writeString(folder.resolve("one.csv"), "Benchmark,Mode,Score,Unit\na.B.c,avgt,1,ns/op\n");
        Files.writeString(folder.resolve("sizes.csv"), "library,bytes\nlmdb,7\n");
        assertThat(ResultFile.readAll(folder)).extracting(JmhResult::benchmark).containsExactly("a.B.c");
        file(PLAIN);
        assertThat(ResultFile.readAll(folder)).extracting(JmhResult::benchmark).containsExactly("other.Project.method");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            log.txt  | # JMH version: 1.37                | is what JMH prints for people; results in a file come with -rf json
            out.json | Benchmark  (n)  Mode  Cnt  Score   | is what JMH prints for people; results in a file come with -rf json
            out.csv  | 1    2     3                       | is not a table that JMH wrote: its first line does not begin with "Benchmark"
            a.json   | 1    2     3                       | is not JSON
            """)
    void whatJmhDidNotWriteAsAFileIsNamed(String name, String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text + "\nmore\n");
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + file + "\"")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a.B.c,avgt,fast,ns/op     | row 1: has a number that is none: fast
                    a.B.c,avgt,1              | row 1: has 3 cells under 4 headings
                    a.B.c:gc,avgt,1,ns/op     | row 1: is a metric of "a.B.c", which no line before it is about
                    """)
    void aTableThatIsMalformedIsNamed(String row, String expected) throws IOException {
        Path file = file("Benchmark,Mode,Score,Unit\n" + row + "\n");
        assertThatThrownBy(() -> ResultFile.read(file)).hasMessageContaining(expected);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no file \"" + file + "\" that can be read");
    }
}
