package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.Gate;
import org.leaklab.compare.PullRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compare}: a planted difference is found, noise is not, nothing is dropped, and bad input gets a sentence. */
@Tag("once")
class CompareCommandTest extends CommandTest {

    private static final double[] BASE = {100, 101, 102, 99, 98};
    private static final double[] SLOWER = {120, 121, 122, 119, 118};
    private static final double[] SAME = {100.5, 99.5, 101.5, 98.5, 100.2};

    private static final String LONG_NAME = "SortBenchmark.sortOfShuffledNumbers";

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

    /** Some keep a file, and parts of it beside it: their forks are not more forks. */
    @Test
    void aCopyOfARowCountsOnce() throws IOException {
        for (String side : List.of("before", "after")) {
            Files.createDirectories(folder.resolve(side));
            double[] forks = side.equals("before") ? new double[] {100, 101} : new double[] {120, 121};
            for (String name : List.of("all.json", "part.json")) {
                file(side + "/" + name, result("Bench.go", "", "avgt", "ns/op", forks));
            }
        }
        String before = folder.resolve("before").toString();
        String after = folder.resolve("after").toString();
        assertThat(execute("compare", before, after)).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go +100.5 ns +120.5 ns +0.83x +separated +n=2")
                .contains("2 rows stand twice in a column with the very same values: a copy, which counts once")
                .doesNotContain("pooled");
    }

    private String rows(String name, int rows, double factor) throws IOException {
        String[] all = new String[rows];
        for (int i = 0; i < rows; i++) {
            all[i] = result("Bench.go" + i, "", "avgt", "ns/op", factor * (100 + i), factor * (101 + i));
        }
        return file(name, all);
    }

    /** Of one repeat of the same code on the same JDK, with 15 iterations of a fork, half of the rows were apart. */
    @Test
    void iterationsOfOneForkAreNoTest() throws IOException {
        String base = file("base.json", withBytes("[[10, 11, 12, 10, 11, 12, 10, 11]]", 376));
        String next = file("next.json", withBytes("[[13, 14, 15, 13, 14, 15, 13, 14]]", 256));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "separated is a hint: iterations of one fork are alike, so two forks of the same code are often apart")
                .contains(
                        "1 row of secondary metrics (bytes), 0 with a significant change and 1 separated; --secondary")
                .doesNotContain("chance alone");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, base)).isZero();
        assertThat(out.toString()).contains("not seen").doesNotContain("is a hint");
        String[] two = new String[3];
        for (int i = 0; i < two.length; i++) {
            two[i] = withBytes("[[10, 11]]", 376).replace("Bench.go", "Bench.go" + i);
        }
        out.getBuffer().setLength(0);
        assertThat(execute("compare", file("two.json", two), file("again.json", two)))
                .isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "about 1 of 3, with 2 values a side or more; iterations of one fork are alike, so it is more");
    }

    private static String withBytes(String raw, int bytes) {
        return """
                {"benchmark": "a.b.Bench.go", "mode": "avgt", "jdkVersion": "25.0.3",
                 "primaryMetric": {"score": 11, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": %1$s},
                 "secondaryMetrics": {"bytes": {"score": %2$d, "scoreError": 0, "scoreUnit": "B/op", "rawData": [[%2$d, %2$d]]}}}""".formatted(raw, bytes);
    }

    @Test
    void howManyAreSeparatedByChanceIsSaid() throws IOException {
        assertThat(execute("compare", rows("base.json", 12, 1), rows("next.json", 12, 1.2)))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "where nothing changed, chance alone would separate about 4 of 12, with 2 values a side or more\n")
                .doesNotContain("another machine");
        String four = file("four.json", result("Bench.go", "", "avgt", "ns/op", 1, 2, 3, 4));
        out.getBuffer().setLength(0);
        assertThat(execute("compare", four, four)).isZero();
        assertThat(out.toString()).contains("1 measure").doesNotContain("chance alone");
    }

    @Test
    void whatChangesEverythingMayBeTheMachine() throws IOException {
        String base = rows("base.json", 25, 1);
        assertThat(execute("compare", base, rows("next.json", 25, 1.2))).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("25 of 25 measures in next.json are worse: another machine, load or clock does that too");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, rows("same.json", 25, 1.001))).isZero();
        assertThat(out.toString()).contains("25 measures").doesNotContain("another machine");
    }

    /** Most projects have a method for each implementation, and no parameter. */
    @Test
    void aColumnMayBeAMethod() throws IOException {
        String one = file(
                "one.json",
                result("Write.mine", "", "avgt", "ns/op", BASE),
                result("Write.theirs", "", "avgt", "ns/op", SLOWER),
                result("Read.mine", "", "avgt", "ns/op", BASE),
                result("Read.theirs", "", "avgt", "ns/op", SAME));
        assertThat(execute("compare", one, "--col", "method")).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^base  mine    JDK 25.0.3$")
                .containsPattern("(?m)^ +mine +theirs +speed")
                .containsPattern("(?m)^Write +100 ns +120.0 ns +0.83x .* worse")
                .containsPattern("(?m)^Read +100 ns +100.2 ns .* not seen");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", one, "--col", "benchmark")).isZero();
        assertThat(out.toString())
                .contains("base  Write.mine ", "Read.theirs: 1 measure")
                .doesNotContain("a.b.");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", one, "--col", "class")).isZero();
        assertThat(out.toString()).containsPattern("theirs +120 ns +100.2 ns");
    }

    /** 29 columns are 29 questions: of a p-value of 0.008, one false answer in four would be by chance. */
    @Test
    void manyColumnsHaveALineEach() throws IOException {
        String[] all = new String[30];
        for (int i = 0; i < all.length; i++) {
            all[i] = result("Bench.go", "\"kind\": \"k" + i + "\"", "avgt", "ns/op", i == 7 ? SLOWER : BASE);
        }
        assertThat(execute("compare", file("one.json", all), "--col", "kind")).isZero();
        assertThat(out.toString().lines().toList()).hasSizeLessThanOrEqualTo(60);
        assertThat(out.toString())
                .contains("base  k0  JDK 25.0.3", "and 29 other columns: k1, k2, ", "… and 9 columns more")
                .containsPattern("against k0 +measures +better +worse +hints better")
                .containsPattern("(?m)^k7 +1 +0 +0 +0 +1 +0 +0 +0.83x$")
                .contains(
                        "a change alone among 29 measures is significant from 7 forks on, and these are 5: measure 7");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", file("one.json", all), "--col", "kind", "--uncorrected"))
                .isZero();
        assertThat(out.toString()).containsPattern("(?m)^k7 +1 +0 +1 +0 +0 +0 +0 +0.83x$");
    }

    /** Of p-values 2/252 and 1 the first is 4/252 after the correction, in whichever column it is. */
    @Test
    void columnsAreCorrectedTogether() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", SLOWER));
        String same = file("same.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        for (List<String> files : List.of(List.of(base, next, same), List.of(base, same, next))) {
            out.getBuffer().setLength(0);
            assertThat(execute("compare", "--format", "json", files.get(0), files.get(1), files.get(2)))
                    .isZero();
            int at = files.indexOf(next);
            assertThat(JsonMapper.shared()
                            .readTree(out.toString())
                            .at("/rows/0/columns/" + at + "/corrected")
                            .asDouble())
                    .isEqualTo(4 / 252.0, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void whatHasNotTheParameterIsLeftOut() throws IOException {
        String one = file(
                "one.json",
                result("Bench.other", "", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"2\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", one, "--col", "n")).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go +100 ns +120 ns +0.83x")
                .contains("base  1 ", "left out: 1 row without n");
        out.getBuffer().setLength(0);
        String alone = file("alone.json", result("Bench.go", "\"n\": \"1\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", alone, "--col", "n")).isZero();
        assertThat(out.toString()).contains("there is one column, 1, and nothing to compare it with");
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

    @Test
    void aPackageThatGotAnotherNameIsSeen() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String next = file("next.json", result("renamed.Bench.go", "", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", base, next)).isZero();
        assertThat(out.toString())
                .contains("no measure is in two columns", "in two columns stand 1 method of the same name");
        out.getBuffer().setLength(0);
        assertThat(execute("compare", base, next, "--row", "method,mode")).isZero();
        assertThat(out.toString()).containsPattern("go +100 ns +120 ns +0.83x .* worse");
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
        assertThat(err.toString()).contains("Bench.go is worse in ");
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
    void rowsAndColumnsCanStandForSomethingElse() throws IOException {
        String both = file(
                "both.json",
                result("Bench.go", "\"n\": \"1\", \"kind\": \"a\"", "avgt", "ns/op", BASE),
                result("Bench.go", "\"n\": \"1\", \"kind\": \"b\"", "avgt", "ns/op", SLOWER));
        String other = file("other.json", result("Bench.go", "\"n\": \"2\", \"kind\": \"a\"", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--col", "kind", "--filter", "primary", both, other))
                .isZero();
        assertThat(out.toString())
                .containsPattern("Bench.go n=1 +100 ns +120 ns +0.83x .* p=0.008 n=5")
                .contains("not in b: 1 measure");
    }

    /** Eight rows, of which one differs: five forks give p = 0.008, and one of eight answers 0.063. */
    @Test
    void manyRowsAskForMore() throws IOException {
        String[] base = new String[8];
        String[] next = new String[8];
        for (int row = 0; row < base.length; row++) {
            base[row] = result("Bench.row" + row, "", "avgt", "ns/op", BASE);
            next[row] = result("Bench.row" + row, "", "avgt", "ns/op", row == 3 ? SLOWER : BASE);
        }
        String[] files = {file("base.json", base), file("next.json", next)};
        assertThat(execute("compare", files[0], files[1])).isZero();
        assertThat(out.toString())
                .containsPattern("Bench.row3 .* separated +p=0.063 n=5")
                .contains(
                        "a change alone among 8 measures is significant from 6 forks on, and these are 5: measure 6, or "
                                + "choose with");
        for (String option : List.of("--uncorrected", "--filter=row[1-4].* primary")) {
            out.getBuffer().setLength(0);
            assertThat(execute("compare", option, files[0], files[1])).isZero();
            assertThat(out.toString()).containsPattern("Bench.row3 +100 ns +120 ns +0.83x .* worse +p=0.0(08|32) n=5");
        }
    }

    /** A hint of something worse is no pass: the gate says that it cannot tell. */
    @Test
    void theGateLooksAtHeadlinesOnBothSides() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        String more = file(
                "more.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.added", "", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--fail-above", "5%", base, base)).isZero();
        assertThat(execute("compare", "--fail-above", "5%", base, more)).isEqualTo(2);
        assertThat(err.toString()).contains("Bench.added is on one side only");
        assertThat(execute("compare", "--fail-above", "5%", "--filter", "go", base, more))
                .isZero();
        assertThat(execute("compare", "--fail-above", "5%", "--allow-untested", base, more))
                .isEqualTo(2);
    }

    /** Nothing is left of it: that has no ratio, and is worse than any fraction. */
    @Test
    void aThroughputOfZeroDoesNotPass() throws IOException {
        String base = file("base.json", result("Bench.go", "", "thrpt", "ops/s", BASE));
        String next = file("next.json", result("Bench.go", "", "thrpt", "ops/s", 0, 0, 0, 0, 0));
        assertThat(execute("compare", "--fail-above", "5%", base, next)).isEqualTo(1);
        assertThat(err.toString()).contains("Bench.go is worse in next.json: 100 ops/s to 0 ops/s, to 0, p=0.008 n=5");
        assertThat(execute("compare", "--fail-above", "5%", next, base)).isZero();
    }

    /** 20 % slower, but with forks so far apart that it may be 2 % as well. */
    @Test
    void theGateTakesTheEndOfTheInterval() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", 100, 104, 96, 102, 98));
        String next = file("next.json", result("Bench.go", "", "avgt", "ns/op", 106, 120, 121, 135, 107));
        assertThat(execute("compare", "--fail-above", "1%", base, next)).isEqualTo(1);
        assertThat(execute("compare", "--fail-above", "15%", base, next)).isZero();
    }

    @Test
    void aPageForAPullRequestHasAVerdictAndAMarker() throws IOException {
        String[] rows = new String[2000];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = result("Bench.with_a_long_name_" + row, "\"n\": \"1\"", "avgt", "ns/op", BASE);
        }
        String base = file("base.json", rows);
        rows[0] = result("Bench.with_a_long_name_0", "\"n\": \"1\"", "avgt", "ns/op", SLOWER);
        String next = file("next.json", rows);
        assertThat(execute("compare", "--uncorrected", "--format", "markdown", base, next))
                .isZero();
        assertThat(out.toString())
                .startsWith(
                        "<!-- leaklab compare -->\n**1 worse, 0 better** of 2000 measures; no difference seen in 1999.\n")
                .contains(
                        "| Bench.with_a_long_name_0 n=1 | next.json | 100 ns | 120 ns | 0.83x | 0.81 to 0.86x | **worse** |")
                .contains("<details><summary>1999 measures without a difference that was seen</summary>");
        assertThat(out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(60_001);
    }

    @Test
    void annotationsAreCommandsOfGithub() throws IOException {
        String base = file("base.json", result("Bench.go", "\"n\": \"1,2:3\"", "avgt", "ns/op", BASE));
        String next = file("next.json", result("Bench.go", "\"n\": \"1,2:3\"", "avgt", "ns/op", SLOWER));
        assertThat(execute("compare", "--format", "github", "--fail-above", "5%", base, next))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "::error title=Bench.go n=1%2C2%3A3::Bench.go n=1,2:3 is worse in next.json: 100 ns to 120 ns");
    }

    /** A hint is no warning, and does not say that something is worse. */
    @Test
    void anAnnotationOfAHintIsANotice() throws IOException {
        String base = file(
                "base.json",
                result("Bench.go", "", "avgt", "ns/op", BASE),
                result("Bench.few", "", "avgt", "ns/op", 1, 2, 3));
        String next = file(
                "next.json",
                result("Bench.go", "", "avgt", "ns/op", SLOWER),
                result("Bench.few", "", "avgt", "ns/op", 4, 5, 6));
        assertThat(execute("compare", "--format", "github", base, next)).isZero();
        assertThat(out.toString())
                .contains(
                        "::warning title=Bench.go::Bench.go is worse in next.json: 100 ns to 120 ns",
                        "::notice title=Bench.few::Bench.few looks worse in next.json: 2 ns to 5 ns, 0.40x, n=3 (separated, a hint)");
    }

    @Test
    void aSummaryThatCannotBeWrittenIsNamed() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        Comparison comparison = Compare.usual(List.of()).files(List.of(Path.of(base), Path.of(base)));
        PullRequest page = new PullRequest(comparison, new Gate.Answer(0, List.of(), List.of()));
        String summary = folder.resolve("missing").resolve("summary.md").toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompareCommand.github(new PrintWriter(out), page, summary))
                .withMessage("the step summary \"" + summary + "\" cannot be written");
    }

    @Test
    void headlinesCanBeDeclared() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        Path declared = Files.writeString(
                folder.resolve("headlines.json"),
                "[{\"group\": \"memory\", \"measure\": \"allocated\", \"benchmark\": \"Bench\", \"metric\": \"bytes\"}]");
        assertThat(execute("compare", "--headlines", declared.toString(), base, base))
                .isZero();
        assertThat(out.toString())
                .containsPattern("allocated benchmark=Bench.go +8 B +8 B +\\+0.0 %")
                .containsPattern("Bench.go +100 ns +100 ns");
        for (String wrong : List.of("{}", "[{}]", "[{\"group\": 1}]", "[{\"grup\": \"a\"}]", "[")) {
            err.getBuffer().setLength(0);
            Files.writeString(declared, wrong);
            assertThat(execute("compare", "--headlines", declared.toString(), base, base))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("headlines.json\"").hasLineCount(1);
        }
    }

    /** The mean of a declared measure is that of the one fork that is far out; the test and its interval are not. */
    @Test
    void oneForkDoesNotTurnTheDirection() throws IOException {
        String base = file("base.json", ofAll("100,101,102,103,104,105,5000", 802.1428571428571));
        String next = file("next.json", ofAll("130,131,132,133,134,135,136", 133));
        Path declared = Files.writeString(
                folder.resolve("headlines.json"),
                "[{\"group\": \"time\", \"measure\": \"time\", \"benchmark\": \"Bench\", \"metric\": \"primary\"}]");
        assertThat(execute("compare", "--fail-above", "5%", "--headlines", declared.toString(), base, next))
                .isEqualTo(1);
        assertThat(out.toString().lines().filter(line -> line.contains("Bench.go ")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).containsPattern("103 ns +133 ns +0.77x +0.76 to 0.80x +worse +p=0.0\\d+ n=7"));
        assertThat(err.toString()).contains("time benchmark=Bench.go is worse in next.json: 103 ns to 133 ns, 0.77x");
    }

    private static String ofAll(String forks, double mean) {
        return """
                {"benchmark": "a.b.Bench.go", "mode": "avgt", "jdkVersion": "25.0.3",
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[%s]]}}""".formatted(mean, forks.replace(",", "],["));
    }

    @Test
    void headlinesAndRowsContradict() throws IOException {
        String base = file("base.json", result("Bench.go", "", "avgt", "ns/op", BASE));
        assertThat(execute("compare", "--headlines", "any.json", "--row", "method", base, base))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("compare: --headlines and --row both say what a row stands for: leave out one of them\n");
        assertThat(out.toString()).isEmpty();
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
