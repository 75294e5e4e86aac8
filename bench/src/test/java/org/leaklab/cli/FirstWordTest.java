package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first word decides whose a command line is; a word of nobody's starts nothing. */
@Tag("once")
class FirstWordTest {

    private static final Set<String> COMMANDS = Main.commands().getSubcommands().keySet();

    private static FirstWord of(String... words) {
        return FirstWord.of(words, COMMANDS, FirstWord::benchmarks);
    }

    @Test
    void noWordIsTheFirstLook() {
        assertThat(of()).isEqualTo(new FirstWord.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "detect", "bench", "serve", "watch", "core-table", "help", "--help", "--version"})
    void aCommandIsOurs(String word) {
        assertThat(of(word, "-l", "HandOff")).isEqualTo(new FirstWord.Ours(List.of(word, "-l", "HandOff")));
    }

    @Test
    void everyCommandIsOursAlthoughABenchmarkMayHaveItsName() {
        assertThat(COMMANDS)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(
                                FirstWord.of(new String[] {command}, COMMANDS, () -> List.of("a." + command + ".b")))
                        .isEqualTo(new FirstWord.Ours(List.of(command))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-l",
                "-h",
                "-f",
                "--halp",
                "core",
                "memory",
                "scenario",
                "overhead",
                "HandOff",
                "Detection",
                "Rendezvous.*",
                "ScenarioThroughput|RetainedMemory",
                "org.leaklab.bench.core",
                "life$",
                ".*"
            })
    void anOptionOrAPatternThatMatchesIsJmhs(String word) {
        assertThat(of(word, "run", "-f", "1")).isEqualTo(new FirstWord.Jmhs(List.of(word, "run", "-f", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-l", "run", "detct", "report.*", "(", "--help", ""})
    void allAfterJmhIsJmhs(String word) {
        assertThat(of("jmh", word)).isEqualTo(new FirstWord.Jmhs(List.of(word)));
        assertThat(of("jmh")).isEqualTo(new FirstWord.Jmhs(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "detct,detect",
        "serv,serve",
        "wach,watch",
        "compre,compare",
        "benchs,bench",
        "scenrios,scenarios",
        "raport,report",
        "detectr,detect",
        "hlep,help",
        "jhm,jmh",
        "overhed-table,overhead-table"
    })
    void aTypingErrorIsToldWhatWasMeant(String word, String command) {
        assertThat(why(of(word, "x")))
                .isEqualTo("\"" + word + "\" is no command and matches no benchmark: did you mean " + command
                        + "? (benchmarks.jar --help lists the commands)");
    }

    /** A pattern is found anywhere in a name: "rn" in PatternThroughput. */
    @ParameterizedTest
    @CsvSource({"rn,run", "detec,detect", "scenari,scenarios"})
    void aTypingErrorThatABenchmarkHappensToHaveInItsNameStartsNothing(String word, String command) {
        assertThat(FirstWord.benchmarks()).anyMatch(name -> name.contains(word));
        assertThat(why(of(word)))
                .isEqualTo("\"" + word + "\" is no command: did you mean " + command + "? (benchmarks.jar jmh " + word
                        + " runs the benchmarks that it matches)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zebra", "nonsense", "tests", "quick", "xyz", "Rendevous", "  ", ""})
    void nothingIsSuggestedWhereNothingIsNear(String word) {
        assertThat(why(of(word)))
                .isEqualTo("\"" + word
                        + "\" is no command and matches no benchmark (benchmarks.jar --help lists the commands)");
    }

    @ParameterizedTest
    @CsvSource({"(,Unclosed group", "*,Dangling meta character '*'", "a[b,Unclosed character class"})
    void whatIsNoPatternIsSaidInASentence(String word, String why) {
        assertThat(why(of(word)))
                .startsWith("\"" + word + "\" is no command and no pattern for names of benchmarks: " + why)
                .doesNotContain("\n");
    }

    private static String why(FirstWord word) {
        return word instanceof FirstWord.Wrong wrong ? wrong.why() : fail("starts something: " + word);
    }
}
