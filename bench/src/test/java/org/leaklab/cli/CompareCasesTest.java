package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Screen;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What files of other projects hold: each gets its right answer, or a sentence with file, place and what is wrong. */
@Tag("once")
class CompareCasesTest extends CommandTest {

    private static final Path CASES = Path.of("src/test/resources/compare");

    private String ofCases(int exit, String... words) {
        List<String> all = new ArrayList<>(List.of("compare"));
        for (String word : words) {
            all.add(
                    word.matches("[\\w-]+\\.(json|csv|txt)")
                            ? CASES.resolve(word).toString()
                            : word);
        }
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(execute(all.toArray(String[]::new))).as(all + " " + err).isEqualTo(exit);
        return out.toString();
    }

    private String pair(String name, String... options) {
        List<String> words = new ArrayList<>(List.of(name + "-base.json", name + "-new.json"));
        words.addAll(List.of(options));
        return ofCases(0, words.toArray(String[]::new));
    }

    private JsonNode rows(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--format", "json"));
        return JsonMapper.shared()
                .readTree(ofCases(0, all.toArray(String[]::new)))
                .get("rows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deep.json             | deep.json" is not what JMH writes: lists stand in lists
            rawdata-string.json   | result 1 (org.other.Bench.run): has in primaryMetric.rawData no list but "fast"
            benchmark-number.json | result 1: has in benchmark no text but 7
            """)
    void whatIsNotOfJmhIsNamed(String file, String sentence) {
        assertThat(ofCases(2, "good.json", file)).isEmpty();
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
    }

    @Test
    void whatGoPrintedIsRead() {
        assertThat(ofCases(0, "go.txt", "go-new.txt"))
                .containsPattern("toy.Toy +1\\.200 us +600 ns +2\\.00x +not tested +n=1");
    }

    @Test
    void aParameterMayBeCalledAsAKeyIs() {
        assertThat(pair("param-mode"))
                .containsPattern("Toy.run mode=fast +10.02 ns +11.02 ns +0.91x .* worse +p=0.008 n=5")
                .containsPattern("Toy.run mode=slow +90.02 ns +99.02 ns +0.91x .* worse +p=0.008 n=5");
        assertThat(ofCases(0, "param-mode-base.json", "--col", "mode")).containsPattern("Toy.run +10.02 ns +90.02 ns");
        assertThat(ofCases(2, "param-mode-base.json", "--col", ".mode,size")).isEmpty();
    }

    @Test
    void modesAndPackagesTellRowsApartAndAreNotAveraged() {
        assertThat(pair("allmodes"))
                .containsPattern("Toy.run avgt +5.020 ns")
                .containsPattern("Toy.run sample +7.020 ns")
                .containsPattern("Toy.run ss +900.020 ns")
                .doesNotContain("mean");
        assertThat(pair("twopkg")).containsPattern("a.Toy.run +5.020 ns").containsPattern("b.Toy.run +50.020 ns");
    }

    @Test
    void oneFileIsComparedWithItselfByAParameter() {
        assertThat(ofCases(0, "impl.json", "--col", "impl"))
                .containsPattern(" +left +right +speed")
                .containsPattern("Toy.run +10.01 ns +11.01 ns +0.91x +separated +n=3");
        assertThat(ofCases(0, "impl.json", "impl.json", "--col", "impl"))
                .containsPattern("Toy.run +10.01 ns +11.01 ns +0.91x +separated +n=3")
                .contains("named twice is read once");
        assertThat(ofCases(0, "impl.json", "--col", "impl", "--format", "csv")).contains(",left,", ",right,");
        assertThat(ofCases(0, "impl.json", "--col", "impl", "--format", "markdown"))
                .contains("| Toy.run | right |");
        JsonNode row = rows("impl.json", "--col", "impl").get(0);
        assertThat(row.at("/columns/0/column").asString()).isEqualTo("left");
        assertThat(row.at("/columns/1/column").asString()).isEqualTo("right");
        ofCases(2, "impl.json");
        assertThat(err.toString())
                .contains("there is one file", "as by a parameter: impl")
                .hasLineCount(1);
    }

    @Test
    void fromZeroIsAChangeWithoutAPercentage() {
        assertThat(pair("zero"))
                .contains("not shown: 1 row of secondary metrics (gc.alloc.rate.norm), 1 with a significant change")
                .doesNotContain("24.00 B");
        for (String option : List.of("--secondary", "--filter=alloc")) {
            assertThat(pair("zero", option))
                    .containsPattern("gc.alloc.rate.norm +0(.00)? B +24.00 B +from 0 +worse +p=0.008 n=5");
        }
    }

    @Test
    void anEmptyFileIsSaid() {
        assertThat(ofCases(2, "empty.json", "one.json", "two.json")).isEmpty();
        assertThat(err.toString()).contains("empty.json\" holds no result").hasLineCount(1);
    }

    @Test
    void whatWasRunInAnotherWayIsNotPooled() {
        assertThat(ofCases(0, "tmix.json", "tmix.json"))
                .containsPattern("Toy.run -t 1 +10.02 ns +10.02 ns")
                .containsPattern("Toy.run -t 8 +80.02 ns +80.02 ns");
        assertThat(ofCases(0, "mixjdk.json", "mixjdk.json"))
                .containsPattern("Toy.run JDK 17.0.1 +10.02 ns")
                .containsPattern("Toy.run JDK 25.0.1 +80.02 ns");
        assertThat(ofCases(0, "vm-a.json", "vm-b.json")).contains("! VMs differ: Alpha VM against Beta VM");
        assertThat(ofCases(0, "vm-c.json", "vm-a.json", "vm-b.json", "--col", "jdk"))
                .containsPattern("Toy.run Alpha VM +10.02 ns +10.02 ns")
                .contains("not in 21.0.1: 1 measure");
        assertThat(rows("vm-c.json", "vm-a.json", "vm-b.json", "--col", "jdk")).hasSize(2);
    }

    @Test
    void whatIsPooledIsSaid() {
        assertThat(ofCases(0, "param-mode-base.json", "param-mode-new.json", "--row", "benchmark"))
                .contains("pooled over mode (fast, slow): forks of all of them count as forks of one row");
        assertThat(ofCases(0, "vm-a.json", "one.json", "two.json", "--col", "jdk"))
                .contains("pooled: rows of one.json and two.json count as forks of one row in 99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork1", "fork3"})
    void withFewForksTheChangeIsShownAsAHintAndTheGateCannotTell(String name) {
        assertThat(pair(name))
                .containsPattern("Toy.run +10.0. ns +200.[45] ns +0.050x +separated +n=[13]")
                .contains("separated, a hint: 0 better, 1 worse")
                .containsPattern("forks? (is|are) too few for a test: measure 4 on each side \\(-f 4\\)");
        String[] files = {name + "-base.json", name + "-new.json"};
        ofCases(2, files[0], files[1], "--fail-above", "5%");
        assertThat(err.toString()).contains("nothing could have been significant", "Toy.run looks worse in");
        ofCases(0, files[0], files[1], "--fail-above", "5%", "--allow-untested");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void unitsAreConverted() {
        assertThat(pair("unit")).containsPattern("Toy.run +2.020 us +2.100 us +0.96x");
        assertThat(pair("small")).containsPattern("Toy.run +202.5 ops/s +302.5 ops/s +1.49x");
        assertThat(ofCases(0, "kotlin-jvm.json", "kotlin-native-ok.json", "kotlin-native-nan.json"))
                .containsPattern("Toy.run +12.50 ops/s +12.50 ops/s +1.00x +not tested +n=1 +kotlin-native-ok.json");
        assertThat(rows("unit-base.json", "unit-new.json")
                        .at("/0/columns/1/value")
                        .asDouble())
                .isEqualTo(2.10002);
    }

    @Test
    void secondaryMetricsDoNotChangeTheAnswer() {
        for (String option : List.of("--alpha=0.05", "--secondary")) {
            assertThat(pair("holm-gc", option)).contains("5 worse");
        }
        JsonNode with = rows("holm-gc-base.json", "holm-gc-new.json", "--secondary");
        JsonNode without = rows("holm-plain-base.json", "holm-plain-new.json");
        List<JsonNode> primary = with.valueStream()
                .filter(row -> row.get("metric").asString().equals("primary"))
                .toList();
        for (int row = 0; row < 5; row++) {
            assertThat(primary.get(row).at("/columns/1/corrected"))
                    .isEqualTo(without.get(row).at("/columns/1/corrected"));
            assertThat(primary.get(row).at("/columns/1/word").asString()).isEqualTo("significant");
        }
    }

    @Test
    void threeForksAgainstFiveAreEnoughAndNothingSaysOtherwise() {
        assertThat(ofCases(0, "n3.json", "n5.json"))
                .containsPattern("Toy.run +10.01 ns +20.02 ns +0.50x .* worse +p=0.036 n=3\\+5")
                .doesNotContain("too few");
    }

    @Test
    void aMeanIsOverUnits() {
        assertThat(pair("ratio-unit")).containsPattern("Toy +4 +0 +2 +2 +0.71x");
    }

    @Test
    void whatBreaksTablesIsEscaped() {
        assertThat(pair("pipe")).doesNotContain("line1\nline2").containsPattern("Toy.run +3.020 ns +3.020 ns");
        String page = pair("pipe", "--format", "markdown");
        assertThat(page).contains("sep=a\\|b").doesNotContain("line1\nline2");
        assertThat(page.lines().filter(line -> line.startsWith("| Toy")))
                .allSatisfy(line -> assertThat(line.split("(?<!\\\\)\\|")).hasSize(9));
    }

    @Test
    void theDotOfOldVersionsIsNone() {
        assertThat(pair("dot", "--secondary"))
                .containsPattern("Toy.run gc.alloc.rate.norm +8.000 B +16.000 B +\\+100.0 %")
                .doesNotContain("not in");
    }

    @Test
    void withoutRawValuesJmhsOwnScoreStands() {
        assertThat(pair("noraw"))
                .containsPattern("Toy.run +1 ns +1 ns +1.00x +not seen")
                .contains("without raw values: 1 of 1", "JMH's own score and its error");
        assertThat(ofCases(0, "table.csv", "table.csv")).containsPattern("Toy.run size=8 +2.500 ns +2.500 ns");
        ofCases(2, "noraw-base.json", "noraw-new.json", "--fail-above", "5%");
        assertThat(err.toString()).contains("there are too few forks, or no raw values");
    }

    @Test
    void ofManyRowsThereIsOneScreen() {
        assertThat(pair("many").lines())
                .hasSizeLessThan(20)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(pair("many", "--all").lines()).hasSizeGreaterThan(300);
    }

    /** The folder of the published results: nothing is wider than a terminal, and all is on one screen. */
    @Test
    void thePublishedResultsAreOneScreen() {
        assertThat(execute("compare", "../results/21", "../results/25")).isZero();
        assertThat(out.toString().lines().toList())
                .hasSizeLessThanOrEqualTo(60)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
                .contains("! commit not recorded")
                .anyMatch(line -> line.startsWith("! vendors differ: Debian against "));
        assertThat(out.toString()).contains("worst, ", "best, ");
    }

    @ParameterizedTest
    @ValueSource(ints = {72, 80, 100, 120, 200})
    void nothingIsWiderThanTheTerminal(int width) {
        for (List<Path> files : List.of(
                List.of(Path.of("../results/21"), Path.of("../results/25")),
                List.of(CASES.resolve("pipe-base.json"), CASES.resolve("pipe-new.json")),
                List.of(CASES.resolve("fork1-base.json"), CASES.resolve("fork1-new.json")))) {
            Screen screen = new Screen(Compare.usual(List.of()).files(files), width);
            for (List<String> lines : List.of(screen.answer(), screen.all(), screen.missing())) {
                assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            }
            assertThat(screen.answer()).hasSizeLessThanOrEqualTo(60);
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "null, 120", "'', 120", "7, 72", "many, 120", "200, 200"})
    void theTerminalSaysHowMuchFitsOnALine(String columns, int expected) {
        assertThat(TerminalWidth.of(columns, false)).isEqualTo(expected);
    }

    @Test
    void everyCaseIsUsed() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java/org/leaklab/cli/CompareCasesTest.java"), StandardCharsets.UTF_8);
        try (var files = Files.list(CASES)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("(-base|-new)?\\.\\w+$", "")))
                    .allSatisfy(name -> assertThat(source).contains(name).as(name));
        }
    }
}
