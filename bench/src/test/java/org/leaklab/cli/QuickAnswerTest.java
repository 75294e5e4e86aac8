package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.bench.run.Finished;
import org.leaklab.bench.run.Preset;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** The dozen lines say what the JSON says; what was not measured is said to be missing. */
@Tag("once")
class QuickAnswerTest extends CommandTest {

    /** One for each line, whatever the figures are. */
    private static final List<String> LINES = List.of(
            "memory of a stuck platform thread (channel)    33,333 B (reserved: 1,052,440)",
            "heap of a stuck virtual thread (channel)          777 B",
            "heap of a stuck virtual thread (lock)             777 B",
            "first-result-wins, leaky                        1,234 lives/s (fixed: 321)",
            "requests, 10 % of them leak a thread             45.6 ms p99 (fixed: 4.56)",
            "fork-join with the detector count                23.4 ns more (none: 1.50)",
            "fork-join with the detector reachability         23.4 ns more (none: 1.50)",
            "full collection beside 10,000 stuck threads     1,234 ms (none: 321)",
            "fork-join beside 10,000 stuck threads           1,234 ns (none: 321)",
            "count looks at 10,000 stuck threads              1.23 ms",
            "profile looks at 10,000 stuck threads            1.23 ms",
            "verifier looks at 10,000 stuck threads           1.23 ms",
            "reachability looks at 10,000 stuck threads       1.23 ms",
            "a value from thread to thread                   1,234 ns (jox: 321)");

    @TempDir
    Path folder;

    @BeforeEach
    void measured() throws IOException {
        Finished.write(folder, FirstLook.PRESET);
    }

    private Map<String, List<JmhResult>> results() {
        Map<String, List<JmhResult>> results = new HashMap<>();
        for (String group : Preset.named(FirstLook.PRESET).groups().keySet()) {
            results.put(group, ResultFile.read(folder.resolve(group + ".json")));
        }
        return results;
    }

    /** Fails too when the preset no longer measures what a line needs. */
    @Test
    void eachLineIsAFigureOfTheResults() {
        assertThat(QuickAnswer.lines(results(), Map.of())).isEqualTo(LINES).allMatch(line -> line.length() <= 80);
    }

    @Test
    void anotherFigureGivesAnotherLine() throws IOException {
        Path file = folder.resolve("collector.json");
        Files.writeString(file, Files.readString(file).replace("1234.0", "98.76"));
        assertThat(QuickAnswer.lines(results(), Map.of()))
                .contains("full collection beside 10,000 stuck threads      98.8 ms (none: 321)");
    }

    @Test
    void aGroupThatFailedSaysSoInPlaceOfItsLines() {
        Map<String, List<JmhResult>> some = results();
        some.remove("overhead");
        List<String> lines = QuickAnswer.lines(some, Map.of("overhead", "failed: 1 of 4 rows"));
        assertThat(lines)
                .hasSize(LINES.size() - 1)
                .contains("overhead was not measured: failed: 1 of 4 rows")
                .noneMatch(line -> line.contains("with the detector"));
        assertThat(lines.get(5)).startsWith("overhead");
    }

    @Test
    void withoutTheRowToHoldItAgainstAFigureStandsAlone() {
        Map<String, List<JmhResult>> some = results();
        some.computeIfPresent(
                "collector",
                (group, all) -> all.stream()
                        .filter(result -> !result.params().containsValue("none"))
                        .toList());
        assertThat(QuickAnswer.lines(some, Map.of()))
                .contains("full collection beside 10,000 stuck threads     1,234 ms");
    }

    @Test
    void benchEndsWithIt() {
        assertThat(execute("bench", "--preset", FirstLook.PRESET, "-o", folder.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith("A first look: a part of each group of benchmarks, one fork each, about 0 s.")
                .containsPattern("(?m)^  help: +\\S*java -jar \\S+ --help$")
                .containsPattern("(?m)^  everything, \\d+ hours: +\\S*java -jar \\S+ bench --preset full$")
                .containsPattern("(?m)^scenario: skipped: \\S+scenario.json is finished")
                .contains("\n\n" + String.join("\n", LINES) + "\n\n")
                .contains("\none fork: for a first look, not for comparing\n")
                .containsPattern("(?m)^  all figures, as JSON: +" + folder + "$")
                .containsPattern("(?m)^  warnings of JMH and JVMs: +" + folder + "/bench.log$")
                .containsPattern("(?s)\nnext:\n  \\S+ -jar \\S+ report " + folder
                        + " -o report.html\n  \\S+ -jar \\S+ [^\n]*compare [^\n]+\n$");
        assertThat(err.toString()).isEmpty();
    }

    /** As scripts/bench-jdks asks: a group at a time. */
    @Test
    void aPartOfThePresetHasNoAnswer() {
        assertThat(execute("bench", "memory", "--preset", FirstLook.PRESET, "-o", folder.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("memory: skipped: ").hasLineCount(1);
    }
}
