package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compare}: a planted difference is found, noise is not, nothing is dropped, and bad input gets a sentence. */
@Tag("once")
class CompareCommandTest extends CompareTest {

    private static final String LONG_NAME = "SortBenchmark.sortOfShuffledNumbers";

    @Test
    void aDifferenceIsShownWithItsProbability() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("base  base.json  JDK 25.0.3", "next.json: 1 measure, 0 significantly better, 1 worse")
                .containsPattern("Bench.go n=1 +100 ns +120 ns +0.83x +0.81 to 0.86x +worse +p=0.008 n=5")
                .contains("5 forks give no interval of a median: measure 6")
                .contains("not shown: 1 row of secondary metrics (bytes), 0 with a significant change");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noiseIsNone() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", SAME));
        assertThat(execute("compare", "--fail-above", "0%", base, next)).isZero();
        assertThat(out.toString()).containsPattern("not seen +p=[01]\\.\\d+ n=5");
    }

    @Test
    void ofOptionsThoseThatDifferAreNamed() throws IOException {
        String options = "\"jvmArgs\": [\"-Dfile.encoding=UTF-8\", \"-Xmx%s\"], \"mode\"";
        String small = result("Bench.go", "", "avgt", "ns/op", BASE).replace("\"mode\"", options.formatted("60m"));
        String large = result("Bench.go", "", "avgt", "ns/op", BASE).replace("\"mode\"", options.formatted("1g"));
        assertThat(execute("compare", file("small.json", small), file("large.json", large)))
                .isZero();
        assertThat(out.toString()).contains("! options of the JVM differ: -Xmx60m against -Xmx1g");
    }

    /** JMH's tables have six decimals: what is faster than that is 0 there. */
    @Test
    void aTimeThatWasRoundedToNothingHasNoRatio() throws IOException {
        String head = "Benchmark,Mode,Score,Score Error (99.9%),Unit\n";
        Path base = Files.writeString(folder.resolve("base.csv"), head + "a.B.c,avgt,\"1,5\",\"0,1\",s/op\n");
        Path next = Files.writeString(folder.resolve("next.csv"), head + "a.B.c,avgt,0.000000,0.000000,s/op\n");
        assertThat(execute("compare", base.toString(), next.toString())).isZero();
        assertThat(out.toString())
                .containsPattern("B.c +1.500 s +0 ns +to 0 +separated")
                .contains("without raw values: 1 of 1;");
    }

    /** One side has forks, the other an error only: JMH's errors of both are held against each other. */
    @Test
    void aTableIsHeldAgainstJson() throws IOException {
        String base = file(
                "base.json",
                result("Bench.go", "", "avgt", "ns/op", BASE)
                        .replace("\"scoreError\": \"NaN\"", "\"scoreError\": 6.5"));
        String head = "Benchmark,Mode,Score,Score Error (99.9%),Unit\na.b.Bench.go,avgt,";
        Path far = Files.writeString(folder.resolve("far.csv"), head + "120,6.5,ns/op\n");
        Path near = Files.writeString(folder.resolve("near.csv"), head + "110,6.5,ns/op\n");
        assertThat(execute("compare", base, far.toString())).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go +100 ns +120 ns +0.83x +separated +n=5\\+0")
                .contains("without raw values: 1 of 1; JMH's own score and its error stand for them")
                .doesNotContain("not tested");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, near.toString())).isZero();
        assertThat(out.toString()).containsPattern("Bench.go +100 ns +110 ns +0.91x +not seen +n=5\\+0");
    }

    /** Names of files may be long; those of rows say which row it is. */
    @Test
    void headingsGiveWayToNamesOfRows() throws IOException {
        String base = file("jmh-results-of-6.0.0-on-this-machine.json", result(LONG_NAME, "", "avgt", "ns/op", BASE));
        String next = file("jmh-results-of-6.0.7-on-this-machine.json", result(LONG_NAME, "", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^" + LONG_NAME + " +100 ns +120 ns")
                .containsPattern("…6.0.0-on\\S+ +…6.0.7-on\\S+ +speed");
    }

    @Test
    void jsonHasEverything() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", "--format", "json", "--filter", "primary$", base, next))
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames())
                .containsExactly("columns", "about", "differences", "groups", "rows", "notes", "advice");
        JsonNode row = json.at("/rows/0");
        assertThat(row.propertyNames())
                .containsExactly(
                        "group",
                        "name",
                        "shortName",
                        "benchmark",
                        "params",
                        "mode",
                        "metric",
                        "unit",
                        "headline",
                        "moreIsBetter",
                        "mean",
                        "columns");
        assertThat(row.at("/params/n").asString()).isEqualTo("1");
        assertThat(row.at("/columns/0/ratio").isNull()).isTrue();
        JsonNode column = row.at("/columns/1");
        assertThat(column.propertyNames())
                .containsExactly(
                        "column",
                        "file",
                        "jdk",
                        "n",
                        "value",
                        "low",
                        "high",
                        "ratio",
                        "ratioLow",
                        "ratioHigh",
                        "pValue",
                        "corrected",
                        "word",
                        "direction");
        assertThat(column.get("pValue").asDouble()).isEqualTo(2 / 252.0);
        assertThat(column.get("ratio").asDouble()).isEqualTo(1.2, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(column.get("ratioLow").asDouble()).isBetween(1.15, 1.2);
        assertThat(column.get("word").asString()).isEqualTo("significant");
        assertThat(column.get("direction").asInt()).isEqualTo(1);
    }

    /** Two JDKs' folders, each with a file a group and what else lies beside results. */
    @Test
    void foldersWorkLikeTheirFiles() throws IOException {
        for (String jdk : List.of("21", "25")) {
            Files.createDirectories(folder.resolve(jdk));
            double[] forks = jdk.equals("21") ? BASE : SLOWER;
            file(jdk + "/core.json", result("Bench.go", "", "avgt", "ns/op", forks));
            file(jdk + "/memory.json", result("Memory.bytes", "", "avgt", "ns/op", forks));
            Files.writeString(folder.resolve(jdk + "/core.environment.json"), "{\"jdk\": \"" + jdk + "\"}");
            file(jdk + "/detectors.json", "{\"scenario\": \"send-without-receiver\"}");
            Files.writeString(folder.resolve(jdk + "/.core.json.journal"), "{");
            Files.writeString(folder.resolve(jdk + "/.core.json.1.partial"), "{");
        }
        assertThat(execute(
                        "compare",
                        "--filter",
                        "primary$",
                        folder.resolve("21").toString(),
                        folder.resolve("25").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("base  21  JDK 25.0.3", "! commit not recorded")
                .containsPattern("Bench.go +100 ns +120 ns +0.83x")
                .containsPattern("Memory.bytes +100 ns +120 ns +0.83x");
    }

    @Test
    void aFolderWithoutResultsIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Files.writeString(empty.resolve("other.json"), "{}");
        assertThat(execute("compare", empty.toString(), empty.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("the folder \"" + empty + "\" holds no file that JMH wrote")
                .hasLineCount(1);
        Files.writeString(empty.resolve("torn.json"), "[{\"benchmark\":");
        assertThat(execute("compare", empty.toString(), empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("torn.json\", line 1, column");
    }

    @Test
    void nothingIsDropped() throws IOException {
        String base = file(
                "base.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.old", "", "avgt", "ns/op", BASE),
                result("Bench.unit", "", "avgt", "ns/op", BASE),
                result("Bench.few", "", "avgt", "ns/op", 1, 2, 3));
        String next = file(
                "next.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.unit", "", "avgt", "pages/op", BASE),
                result("Bench.few", "", "avgt", "ns/op", 4, 5, 6));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("not in next.json: 2 measures (Bench 2); --missing lists them")
                .contains("not compared, for the units differ: a.b.Bench.unit avgt primary (ns/op, pages/op)")
                .contains("3 forks are too few for a test of 1 measures of 2: measure 4 on each side (-f 4)")
                .containsPattern("Bench.few .* separated +n=3");
        assertThat(execute("compare", "--missing", base, next)).isZero();
        assertThat(out.toString()).contains("not in next.json: 2 measures\n  Bench  Bench.old\n");
    }

    @Test
    void csvIsQuoted() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1,2\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--format", "csv", base, base)).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("group,benchmark,params,mode");
        assertThat(out.toString()).contains("Bench,a.b.Bench.go,\"n=1,2\",avgt,primary,ns/op,base.json,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --filter=[      | is no regular expression
                    --filter=zzz    | nothing matches "zzz"; a row reads like: a.b.Bench.go avgt primary
                    --row=color     | nothing is called "color" that --row could take
                    --col=size      | nothing is called "size" that --col could take
                    --fail-above=x  | --fail-above takes a percentage, as in 5%, not "x"
                    --alpha=2       | --alpha is a probability between 0 and 1
                    --format=xml    | "xml" is not one of text, markdown, github, csv, json
                    --sort=size     | "size" is not one of none, name, delta
                    """)
    void badInputGetsASentence(String option, String expected) throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        assertThat(execute("compare", option, base, base)).isEqualTo(2);
        assertThat(err.toString()).contains(expected).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMalformedFileIsNamed() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String broken = file("broken.json", "{\"benchmark\": \"x.Y.z\"}");
        assertThat(execute("compare", base, broken)).isEqualTo(2);
        assertThat(err.toString()).contains("broken.json\", result 1 (x.Y.z): has no primaryMetric");
        assertThat(List.of(execute("compare", base))).containsExactly(2);
    }
}
