package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bench} lists and refuses; what it runs is the business of the test of the jar. */
@Tag("once")
class BenchCommandTest extends CommandTest {

    private List<String> rows(String... args) {
        out.getBuffer().setLength(0);
        assertThat(execute(args)).as(err.toString()).isZero();
        return out.toString().lines().takeWhile(line -> !line.isEmpty()).toList();
    }

    @Test
    void listsRowsAndHowManyThereAre() {
        assertThat(rows("bench", "core", "overhead", "--preset", "quick", "--list"))
                .hasSize(8 + 4)
                .contains(
                        "core.RendezvousOneToOne.value carriers=default implementation=jox threads=virtual",
                        "overhead.DetectorOverhead.pairs detector=none operation=fork-join stuck=0 threads=virtual");
        assertThat(out.toString())
                .containsPattern("(?m)^GROUP +ROWS +FORKS +ABOUT$")
                .containsPattern("(?m)^core +8 +1 +\\d+ s$")
                .containsPattern("(?m)^overhead +4 +1 +\\d+ s$")
                .containsPattern("(?m)^12 rows with the preset quick, about \\d+ s$");
    }

    @Test
    void listsAllGroupsUnlessToldOtherwise() {
        rows("bench", "--list");
        assertThat(out.toString())
                .containsPattern("(?m)^scenario +\\d+ +10 ")
                .containsPattern("(?m)^memory +\\d+ +10 ")
                .containsPattern("(?m)^\\d+ rows with the preset publish, about \\d+ min$");
    }

    @Test
    void valuesTakeThePlaceOfThoseOfThePreset() {
        assertThat(rows(
                        "bench",
                        "core",
                        "--preset",
                        "full",
                        "-p",
                        "threads=virtual",
                        "-p",
                        "implementation=leaklab,exchanger",
                        "-p",
                        "capacity=100",
                        "--list"))
                .isNotEmpty()
                .allMatch(row -> row.matches(".*implementation=(leaklab|exchanger) threads=virtual"))
                .noneMatch(row -> row.contains("capacity=0"));
        assertThat(out.toString()).containsPattern("(?m)^core +\\d+ +2 ");
        rows("bench", "core", "--preset", "core", "--list");
        assertThat(out.toString()).containsPattern("(?m)^core +24[35] +2 to 5 ");
        rows("bench", "core", "--preset", "core", "-f", "7", "--list");
        assertThat(out.toString()).containsPattern("(?m)^core +24[35] +7 ");
    }

    @Test
    void carriersAreAParameterLikeOthers() {
        assertThat(rows("bench", "core", "--preset", "quick", "-p", "carriers=1", "--list"))
                .hasSize(4)
                .allMatch(row -> row.endsWith(" threads=virtual") && row.contains(" carriers=1 "));
    }

    @Test
    void onlyTakesBenchmarksByName() {
        List<String> all = rows("bench", "core", "--preset", "core", "--list");
        assertThat(rows("bench", "core", "--preset", "core", "--only", "ForkJoin", "--list"))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(row -> row.startsWith("core.ForkJoin."))
                        .toList());
        assertThat(out.toString()).containsPattern("(?m)^\\d+ rows with the preset core, about \\d+ (s|min)$");
        assertThat(rows("bench", "--only", "HandOff|Overhead", "--list"))
                .isNotEmpty()
                .allMatch(row -> row.startsWith("overhead.") || row.startsWith("core."));
    }

    @Test
    void shardsListTheirShare() {
        List<String> all = rows("bench", "scenario", "--list");
        List<String> first = rows("bench", "scenario", "--list", "--shard", "1/2");
        List<String> second = rows("bench", "scenario", "--list", "--shard", "2/2");
        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat(all).hasSize(first.size() + second.size()).containsAll(first).containsAll(second);
    }

    @Test
    void aShardWithoutRowsIsSkipped(@TempDir Path folder) throws IOException {
        assertThat(execute(
                        "bench",
                        "overhead",
                        "--preset",
                        "quick",
                        "--shard",
                        "7/9",
                        "-o",
                        folder.resolve("new").toString()))
                .isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("overhead: skipped: shard 7/9 has no rows");
        assertThat(folder.resolve("new")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench nonsense | there is no group \"nonsense\": it is one of ",
                "bench core nonsense --list | there is no group \"nonsense\"",
                "bench --preset fast | there is no preset \"fast\": it is one of quick, publish, core, full",
                "bench memory --preset core | the preset core does not say how the group \"memory\" is measured: quick, publish, full do",
                "bench -f 0 | a row has at least one fork, not 0",
                "bench -f many | Invalid value for option '--forks'",
                "bench --shard 3/2 | a shard is i/n with i from 1 to n, 2/3 for example, not \"3/2\"",
                "bench --shard 0/2 | a shard is i/n with i from 1 to n, 2/3 for example, not \"0/2\"",
                "bench --shard x | a shard is i/n with i from 1 to n, 2/3 for example, not \"x\"",
                "bench --only PipelineOf --list | no benchmark that this preset measures has \"PipelineOf\" in its name",
                "bench scenario --only ScenarioThroughput | which must not take the place of the whole: name a folder with -o",
                "bench --only ( --list | --only wants a regular expression, not \"(\": Unclosed group",
                "bench core -p color=red | no benchmark of core has a parameter \"color\": they have capacity, carriers, ",
                "bench core -p threads=green | \"green\" is no value of the parameter \"threads\": it is one of platform,",
                "bench core -p threads= | \"\" is no value of the parameter \"threads\"",
                "bench core -p threads | should be in KEY=VALUE format but was threads",
                "bench --bogus | Unknown option: '--bogus'",
            })
    void badInputGetsOneSentence(String line, String sentence) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/below"})
    void whatIsNoFolderIsRefused(String name, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");
        Path output = folder.resolve(name);
        assertThat(execute("bench", "scenario", "-o", output.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("\"" + output + "\" is no folder and cannot be made one")
                .hasLineCount(1);
    }
}
