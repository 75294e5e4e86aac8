package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compare}: a planted difference is found, noise is not, nothing is dropped, and bad input gets a sentence. */
@Tag("once")
class CompareCommandTest extends CommandTest {

    private static final double[] BASE = {100, 101, 102, 99, 98};
    private static final double[] SLOWER = {120, 121, 122, 119, 118};
    private static final double[] SAME = {100.5, 99.5, 101.5, 98.5, 100.2};

    @TempDir
    Path folder;

    private String file(String name, String... results) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", results) + "]")
                .toString();
    }

    private static String result(String benchmark, String params, String mode, String unit, double... forks) {
        String raw = Arrays.stream(forks).mapToObj(fork -> "[" + fork + "]").collect(Collectors.joining(","));
        return """
                {"benchmark": "a.b.%s", "mode": "%s", "jdkVersion": "25.0.3", %s
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "%s", "rawData": [%s]},
                 "secondaryMetrics": {"bytes": {"score": 8, "scoreError": 0, "scoreUnit": "B", "rawData": [[8],[8],[8],[8]]}}}""".formatted(
                        benchmark, mode, params.isEmpty() ? "" : "\"params\": {" + params + "},", forks[0], unit, raw);
    }

    @Test
    void aDifferenceIsShownWithItsProbability() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("base.json (25.0.3)")
                .containsPattern("Bench.go n=1 +100\\.0 ± ∞ +120\\.0 ± ∞ +\\+20\\.0 % \\(p=0\\.008 n=5\\)")
                .containsPattern("bytes, B\\R.*\\RBench.go n=1 +8\\.0000 ± ∞ +8\\.0000 ± ∞ +~ \\(p=1\\.000 n=4\\)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noiseIsNone() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", SAME));
        assertThat(execute("compare", "--fail-above", "0%", base, next)).isZero();
        assertThat(out.toString()).contains("~ (p=");
    }

    @ParameterizedTest
    @CsvSource({"avgt, ns/op, 1", "thrpt, ops/s, 0"})
    void aRegressionFailsWhereLessIsBetter(String mode, String unit, int expected) throws IOException {
        String base = file("base.json", result("Bench.go", "", mode, unit, BASE));
        String next = file("next.json", result("Bench.go", "", mode, unit, SLOWER));
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "5%", base, next))
                .isEqualTo(expected);
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "5%", next, base))
                .isEqualTo(1 - expected);
        assertThat(execute("compare", "--filter", "primary", "--fail-above", "25%", base, next))
                .isZero();
        assertThat(err.toString()).contains("a.b.Bench.go {} is worse in ");
    }

    @Test
    void jsonHasEverything() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", "--format", "json", "--filter", "primary$", base, next))
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames()).containsExactly("rows", "missing", "geomean", "notes");
        JsonNode row = json.at("/rows/0");
        assertThat(row.propertyNames()).containsExactly("benchmark", "params", "mode", "metric", "unit", "columns");
        assertThat(row.at("/params/n").asString()).isEqualTo("1");
        assertThat(row.at("/columns/0/delta").isNull()).isTrue();
        JsonNode column = row.at("/columns/1");
        assertThat(column.propertyNames())
                .containsExactly(
                        "file",
                        "jdk",
                        "n",
                        "median",
                        "low",
                        "high",
                        "delta",
                        "ratioLow",
                        "ratioHigh",
                        "pValue",
                        "pHolm",
                        "significant");
        assertThat(column.get("pValue").asDouble()).isEqualTo(2 / 252.0);
        assertThat(column.get("delta").asDouble()).isEqualTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(column.get("ratioLow").asDouble()).isBetween(1.15, 1.2);
        assertThat(column.get("significant").asBoolean()).isTrue();
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
                .containsPattern("(?m)^.*\\b21 \\(25\\.0\\.3\\) +25 \\(25\\.0\\.3\\)")
                .containsPattern("Bench.go +100\\.0 ± ∞ +120\\.0 ± ∞ +\\+20")
                .containsPattern("Memory.bytes +100\\.0 ± ∞ +120\\.0 ± ∞ +\\+20");
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
                result("Bench.unit", "", "avgt", "us/op", BASE),
                result("Bench.few", "", "avgt", "ns/op", 4, 5, 6));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("a.b.Bench.old avgt is not in next.json")
                .contains("a.b.Bench.unit avgt: not compared, for the units differ: ns/op, us/op")
                .contains("3 and 3 values are too few, 4 on each side are the fewest")
                .contains("differ significantly: a.b.Bench.few avgt")
                .containsPattern("geomean of \\d rows");
    }

    @Test
    void ofManyRowsWithTooFewValuesANoteNamesThree() throws IOException {
        String[] base = new String[40];
        String[] next = new String[40];
        for (int i = 0; i < base.length; i++) {
            base[i] = result("Bench.few%02d".formatted(i), "", "avgt", "ns/op", 1);
            next[i] = result("Bench.few%02d".formatted(i), "", "avgt", "ns/op", 2);
        }
        assertThat(execute("compare", file("base.json", base), file("next.json", next)))
                .isZero();
        assertThat(out.toString())
                .contains("a.b.Bench.few00 avgt; a.b.Bench.few01 avgt; a.b.Bench.few02 avgt; and 37 more");
    }

    @Test
    void rowsAndColumnsCanStandForSomethingElse() throws IOException {
        String both = file(
                "both.json",
                result("Bench.go", "\"n\": \"1\", \"kind\": \"a\"", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"1\", \"kind\": \"b\"", "avgt", "ns/op", SLOWER));
        String other = file("other.json", result("Bench.go", "\"n\": \"2\", \"kind\": \"a\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--col", "kind", "--filter", "primary", both, other))
                .isZero();
        assertThat(out.toString()).contains("+20.0 % (p=0.008 n=5)", "avgt 2 is not in b");
    }

    /** Eight rows, of which one differs: five forks give p = 0.008, and eight questions 0.06. */
    @Test
    void manyRowsAskForMore() throws IOException {
        String[] base = new String[8];
        String[] next = new String[8];
        for (int row = 0; row < base.length; row++) {
            base[row] = result("Bench.row" + row, "", "avgt", "ns/op", BASE);
            next[row] = result("Bench.row" + row, "", "avgt", "ns/op", row == 3 ? SLOWER : BASE);
        }
        String[] files = {file("base.json", base), file("next.json", next)};
        assertThat(execute("compare", "--filter", "primary", files[0], files[1]))
                .isZero();
        assertThat(out.toString())
                .doesNotContain("+20.0 %")
                .contains("~ (p=0.008 n=5)")
                .contains(
                        "nothing in next.json can be significant: with so few values p is 0.0079 at least, and over 8 rows "
                                + "Holm's correction asks for less than 0.00625; --uncorrected judges each row by itself");
        assertThat(execute("compare", "--filter", "primary", "--uncorrected", files[0], files[1]))
                .isZero();
        assertThat(out.toString()).containsOnlyOnce("+20.0 % (p=0.008 n=5)");
        assertThat(execute("compare", "--filter", "row[1-5].* primary", files[0], files[1]))
                .isZero();
        assertThat(out.toString()).containsOnlyOnce("can be significant"); // in the first answer
        assertThat(out.toString().split(Pattern.quote("+20.0 %"))).hasSize(3); // in both of the others
    }

    @Test
    void csvIsQuoted() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1,2\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--format", "csv", base, base)).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("benchmark,params,mode");
        assertThat(out.toString()).contains("a.b.Bench.go,\"n=1,2\",avgt,primary,ns/op");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --filter=[      | is no regular expression
                    --filter=zzz    | nothing matches "zzz"; a row reads like: a.b.Bench.go primary
                    --row=color     | nothing is called "color" that --row could take
                    --col=size      | nothing is called "size" that --col could take
                    --fail-above=x  | --fail-above takes a percentage, as in 5%, not "x"
                    --alpha=2       | --alpha is a probability between 0 and 1
                    --format=xml    | "xml" is not one of text, markdown, csv, json
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
