package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code core-table} shows every cell of its files, and refuses what it cannot read in one sentence. */
@Tag("once")
class CoreTableCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(Path... files) {
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        String[] args = new String[files.length + 1];
        args[0] = "core-table";
        for (int i = 0; i < files.length; i++) {
            args[i + 1] = files[i].toString();
        }
        return commands.execute(args);
    }

    private Path file(String name, String... results) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", results) + "]");
    }

    private static String result(String benchmark, String implementation, String threads, String more, String score) {
        return result(benchmark, "default", implementation, threads, more, score);
    }

    private static String result(
            String benchmark, String carriers, String implementation, String threads, String more, String score) {
        return """
                {"benchmark": "org.leaklab.bench.core.%s", "mode": "avgt", "jdkVersion": "25.0.3",
                 "params": {"carriers": "%s", "implementation": "%s", "threads": "%s"%s},
                 "primaryMetric": {%s, "scoreUnit": "ns/op"}}""".formatted(benchmark, carriers, implementation, threads, more, score);
    }

    private static String score(double score, double error) {
        return "\"score\": " + score + ", \"scoreError\": " + error;
    }

    @Test
    void showsEveryCellWithRatiosAndTheirIntervals() throws IOException {
        Path file = file(
                "25.json",
                result("PingPong.roundTrip", "jox", "virtual", "", score(300, 30)),
                result("PingPong.roundTrip", "leaklab", "virtual", "", score(100, 10)),
                result("PingPong.roundTrip", "1", "leaklab", "virtual", "", score(50, 1)),
                result("PingPong.roundTrip", "1", "jox", "virtual", "", score(25, 1)),
                result("PingPong.roundTrip", "leaklab", "platform", "", score(2000, 100)),
                result("PingPong.roundTrip", "exchanger", "platform", "", score(2100, 100)),
                "{\"benchmark\": \"org.leaklab.bench.ScenarioThroughput.life\", \"primaryMetric\": {\"score\": 1}}");
        assertThat(execute(file)).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("""
                        ### PingPong

                        | Threads | Carriers | leaklab | jox | exchanger |
                        | --- | --- | --- | --- | --- |
                        | virtual | default | 100 ± 10 | 300 ± 30 (3.00x, 2.45 to 3.67) | - |
                        | virtual | 1 | 50.0 ± 1.0 | 25.0 ± 1.0 (0.50x, 0.47 to 0.53) | - |
                        | platform | - | 2,000 ± 100 | - | 2,100 ± 100 (1.05x, 0.95 to 1.16) |

                        ns/op ± 99.9 % error, less is better; (peer's time / leaklab's time, fork by fork with its 95 % \
                        interval, or with less than three forks by dividing the ends of both errors), above 1 leaklab is \
                        faster. Against its peers leaklab is ahead in 1, behind in 1, and in 1 the intervals cannot tell.
                        """);
    }

    @Test
    void saysWhichBarsAreReachedOpenAndMissed() throws IOException {
        Path file = file(
                "25.json",
                result("BufferedOneToOne.value", "leaklab", "virtual", "", score(100, 0)),
                result("BufferedOneToOne.value", "jox", "virtual", "", score(250, 10)),
                result("BufferedOneToOne.value", "array-blocking-queue", "virtual", "", score(105, 10)),
                result("RendezvousOneToOne.value", "leaklab", "platform", "", score(100, 1)),
                result("RendezvousOneToOne.value", "synchronous-queue", "platform", "", score(500, 1)),
                result("RendezvousOneToOne.value", "exchanger", "platform", "", score(90, 1)));
        assertThat(execute(Path.of("--bars"), file)).as(err.toString()).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.endsWith(
                        "| BufferedOneToOne | virtual | default | jox | 2.00 | 2.50 | 2.40 to 2.60 | reached |"))
                .anyMatch(line -> line.endsWith(
                        "| BufferedOneToOne | virtual | default | array-blocking-queue | 1.00 | 1.05 | 0.95 to 1.15"
                                + " | open, below 0.91 or from 1.10 would show |"))
                .anyMatch(line -> line.endsWith("| RendezvousOneToOne | platform | - |"
                        + " exchanger (fastest blocking peer) | 1.00 | 0.90 | 0.88 to 0.92 | missed |"))
                .hasSize(5);
    }

    /** In R: {@code exp(t.test(log(c(200,260,300,230,240) / c(100,104,100,100,96)))$conf.int)}. */
    @Test
    void ratiosOfThreeForksAndMoreAreTakenForkByFork() throws IOException {
        Path file = file(
                "25.json",
                result(
                        "BufferedOneToOne.value",
                        "leaklab",
                        "virtual",
                        "",
                        score(100, 90) + ", \"rawData\": [[99, 101], [104], [100], [100], [96]]"),
                result(
                        "BufferedOneToOne.value",
                        "jox",
                        "virtual",
                        "",
                        score(246, 90) + ", \"rawData\": [[200], [260], [300], [230], [240]]"));
        assertThat(execute(file)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("| 246 ± 90 (2.44x, 2.03 to 2.93) |");
    }

    @Test
    void tellsSettingsAndRunsApart() throws IOException {
        Path first = file(
                "21.json",
                result("ForkJoin.task", "leaklab", "virtual", "", score(600, 10)),
                result("ForkJoin.task", "structured-task-scope", "virtual", "", score(900, 10)));
        Path second = file(
                "25.json",
                result("SelectOfTwo.value", "leaklab", "virtual", ", \"capacity\": \"0\"", score(5, 1)),
                result("SelectOfTwo.value", "leaklab", "virtual", ", \"capacity\": \"100\"", score(9, 1)));
        assertThat(execute(first, second)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("| Run | Threads | Carriers | leaklab | structured-task-scope |")
                .contains("| 21.json, JDK 25.0.3 | virtual | default | 600 ± 10 | 900 ± 10 (1.50x, 1.46 to 1.54) |")
                .contains("| Run | Setting | Threads | Carriers | leaklab |")
                .contains("| 25.json, JDK 25.0.3 | capacity 0 | virtual | default | 5.0 ± 1.0 |")
                .contains("| 25.json, JDK 25.0.3 | capacity 100 | virtual | default | 9.0 ± 1.0 |");
    }

    @Test
    void saysWhereThereIsNoInterval() throws IOException {
        Path file = file(
                "25.json",
                result("PingPong.roundTrip", "leaklab", "virtual", "", score(100, 200)),
                result("PingPong.roundTrip", "jox", "virtual", "", "\"score\": 300, \"scoreError\": \"NaN\""),
                result("PingPong.roundTrip", "exchanger", "virtual", "", score(100, 200)));
        assertThat(execute(file)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("| 300 ± ? (3.00x, ? to ?) | 100 ± 200 (1.00x, 0.00 to ∞) |")
                .contains("and in 2 the intervals cannot tell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | is not JSON",
                "[] | holds no result of a benchmark of the core",
                "`` | is not a list of results",
                "{\"a\": 1} | is not a list of results",
                "[{\"benchmark\": \"org.leaklab.bench.core.PingPong.y\"}] | result 1 (org.leaklab.bench.core.PingPong.y): has no primaryMetric",
                "[{\"benchmark\": \"org.leaklab.bench.core.PingPong.y\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"ms/op\"}}]"
                        + " | holds no time in ns/op for org.leaklab.bench.core.PingPong.y",
                "[{\"benchmark\": \"org.leaklab.bench.core.PingPong.y\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"ns/op\"}}]"
                        + " | does not say which implementation, threads and carriers org.leaklab.bench.core.PingPong.y ran with",
                "[{\"benchmark\": \"org.leaklab.bench.core.PingPong.OneCarrier.y\", \"params\": {\"implementation\": \"jox\", \"threads\": \"virtual\"},"
                        + " \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"ns/op\"}}]"
                        + " | does not say which implementation, threads and carriers org.leaklab.bench.core.PingPong.OneCarrier.y ran with",
            })
    void refusesWhatItCannotRead(String content, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), content);
        assertThat(execute(file)).isEqualTo(2);
        assertThat(err.toString()).contains("bad.json\"", sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesWhatIsNotThereOrThereTwice() throws IOException {
        assertThat(execute(folder.resolve("missing.json"))).isEqualTo(2);
        assertThat(err.toString()).contains("missing.json\" that can be read").hasLineCount(1);
        err.getBuffer().setLength(0);
        String result = result("PingPong.roundTrip", "leaklab", "virtual", "", score(100, 200));
        assertThat(execute(file("twice.json", result, result))).isEqualTo(2);
        assertThat(err.toString()).contains("there are two results for leaklab").hasLineCount(1);
    }
}
