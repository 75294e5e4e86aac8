package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code detect --live} as somebody uses it who has a process and does not want its heap on the disk. */
class DetectLiveTest extends CommandTest {

    @TempDir
    static Path directory;

    private static Process leaky;

    @BeforeAll
    static void leak() throws IOException {
        leaky = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeakyProgram.class.getName(),
                        "3")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = leaky.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
    }

    @AfterAll
    static void end() {
        leaky.destroyForcibly();
    }

    private int live(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "detect";
        arguments[1] = leaky.pid() + "";
        arguments[2] = "--live";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return execute(arguments);
    }

    @Test
    void findsThemInTheSameWords() {
        assertThat(live()).as(err.toString()).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "3 virtual threads, unreachable, certain",
                        "waits on  java.util.concurrent.SynchronousQueue$Transferer",
                        "it is a platform thread, and only a heap dump shows who reaches what it waits on",
                        ": 3 leaked threads in 1 group, ")
                .containsPattern("at org.leaklab.cli.LeakyProgram.lambda\\$leak\\$\\d+\\(LeakyProgram.java:\\d+\\)")
                .doesNotContain("retains", "java.base/");
        assertThat(err.toString()).contains("full collections of", "let go in", "what stays in process " + leaky.pid());
    }

    @Test
    void printsTheSameJson() {
        assertThat(live("--json", "--reason", "a test")).isEqualTo(1);
        JsonNode found = JsonMapper.shared().readTree(out.toString());
        assertThat(found.get("method").asString()).isEqualTo("live");
        assertThat(found.get("verdict").asString()).isEqualTo("leaked");
        assertThat(StreamSupport.stream(found.get("leaked").spliterator(), false)
                        .map(thread -> thread.get("name").asString()))
                .containsExactlyInAnyOrder("sender-0", "sender-1", "sender-2");
        assertThat(found.at("/leaked/0/cause").asString()).isEqualTo("unreachable");
        assertThat(found.at("/leaked/0/confirmed").asBoolean()).isTrue();
        assertThat(found.at("/leaked/0/retainedBytes").asLong()).isEqualTo(-1);
    }

    @Test
    void severalProbesAreALineEach() {
        assertThat(live("--json", "--fast", "--repeat", "2", "--every", "1ms")).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(
                                JsonMapper.shared().readTree(line).get("leaked").size())
                        .isEqualTo(3));
    }

    @Test
    void oneLookProvesLess() {
        assertThat(live("--fast", "--repeat", "2", "--every", "1ms")).isEqualTo(1);
        assertThat(out.toString()).contains("3 virtual threads, unreachable, unless interrupted");
        assertThat(out.toString().lines().filter(line -> line.contains(": 3 leaked threads")))
                .hasSize(2);
        assertThat(live("--fast", "--mode", "certain")).isZero();
    }

    @Test
    void refusesInOneSentence() {
        for (List<String> bad : List.of(
                List.of("more than the 0 ms allowed", "--max-pause", "0ms"),
                List.of("is no time: write a number and a unit, such as 500ms", "--max-pause", "soon"),
                List.of("--repeat is 1 or more, not 0", "--repeat", "0"),
                List.of("--reap is 0 or more, not -1", "--reap", "-1"),
                List.of(
                        "--live takes no dump: leave out",
                        "--keep",
                        directory.resolve("kept").toString()))) {
            assertThat(live(bad.get(1), bad.get(2))).as(bad.toString()).isEqualTo(2);
            assertThat(err.toString()).contains(bad.getFirst());
            assertThat(out.toString()).isEmpty();
        }
        err.getBuffer().setLength(0);
        assertThat(execute("detect", directory.resolve("no.hprof").toString(), "--live"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--live looks at a process");
        err.getBuffer().setLength(0);
        assertThat(execute("detect", leaky.pid() + "", "--fast")).isEqualTo(2);
        assertThat(err.toString()).contains("--live");
    }
}
