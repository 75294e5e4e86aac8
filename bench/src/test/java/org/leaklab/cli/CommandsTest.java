package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.lab.Catalogue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands say what they do, in words and in JSON, and refuse bad input in one sentence. */
@Tag("once")
class CommandsTest extends CommandTest {

    @Test
    void runHoldsACellAgainstItsClass() {
        assertThat(execute("run", "send-without-receiver", "--variant", "both", "--threads", "virtual"))
                .isZero();
        assertThat(out.toString())
                .startsWith(
                        "SCENARIO               IDIOM    VARIANT  THREADS   BEFORE  AFTER  STUCK  EXPECTED  LEFT  VERDICT\n")
                .containsPattern("send-without-receiver +channel +leaky +virtual +\\d+ +\\d+ +1 +1 +\\d+ +as expected")
                .containsPattern("at org.leaklab.scenario.channel.SendWithoutReceiver.*leaky")
                .contains("why:  an unbuffered send needs a receiver")
                .containsPattern("send-without-receiver +channel +fixed +virtual +\\d+ +\\d+ +0 +0 +\\d+ +as expected")
                .containsPattern("send-without-receiver +jdk +leaky +virtual +\\d+ +\\d+ +1 +1 +\\d+ +as expected")
                .contains("4 cells on Java " + Runtime.version().feature() + ": 4 as expected, 0 unexpected");
    }

    @Test
    void runPrintsJson() {
        assertThat(execute(
                        "run", "surplus-senders", "--idiom", "jdk", "--threads", "platform", "--count", "2", "--json"))
                .isZero();
        JsonNode cells = JsonMapper.shared().readTree(out.toString());
        assertThat(cells.size()).isEqualTo(1);
        assertThat(cells.get(0).toString())
                .isEqualTo(
                        "{\"scenario\":\"surplus-senders\",\"idiom\":\"jdk\",\"family\":\"channel\",\"variant\":\"leaky\",\"threads\":\"platform\","
                                + "\"count\":2,\"expectedStuck\":18,\"observedStuck\":18,\"verdict\":\"as-expected\"}");
    }

    @Test
    void runPrintsWhatEachThreadDidUntilItWasStuck() {
        assertThat(execute("run", "missed-notify", "--idiom", "jdk", "--threads", "platform", "--json", "--steps"))
                .isZero();
        JsonNode timelines = JsonMapper.shared().readTree(out.toString());
        assertThat(timelines.size()).isEqualTo(1);
        JsonNode timeline = timelines.get(0);
        assertThat(timeline.get("lanes").get(1).get("thread").asString()).isEqualTo("reader");
        assertThat(timeline.get("lanes").get(1).get("end").asString()).isEqualTo("waiting");
        JsonNode last = timeline.get("steps").get(timeline.get("steps").size() - 1);
        assertThat(last.get("what").asString()).isEqualTo("goes into");
        assertThat(last.get("of").asString()).isEqualTo("Condition.await");
    }

    @Test
    void runAddsWhatDetectorsSaid() {
        assertThat(execute("run", "mutex-relock", "--threads", "virtual", "--detector", "all"))
                .isZero();
        assertThat(out.toString())
                .containsSubsequence("count: caught", "profile: caught", "verify: caught")
                .containsSubsequence("deadlock: caught", " waits for a mutex, held by ", "reachability: caught");
        out.getBuffer().setLength(0);
        assertThat(execute("run", "mutex-relock", "--variant", "fixed", "--threads", "virtual", "--detector", "all"))
                .isZero();
        assertThat(out.toString()).containsPattern("(?s)(: silent.*){5}").doesNotContain("false alarm");
    }

    @Test
    void scenariosListsAll() {
        assertThat(execute("scenarios")).isZero();
        assertThat(out.toString())
                .contains(Catalogue.load().ids())
                .contains(Catalogue.load().ids().size() + " scenarios in "
                        + Catalogue.load().all().size() + " forms.");
    }

    @Test
    void scenariosPrintsJson() {
        assertThat(execute("scenarios", "--json")).isZero();
        JsonNode all = JsonMapper.shared().readTree(out.toString());
        List<String> forms = StreamSupport.stream(all.spliterator(), false)
                .map(entry ->
                        entry.get("id").asString() + " " + entry.get("idiom").asString())
                .toList();
        assertThat(forms)
                .isEqualTo(Catalogue.load().all().stream()
                        .map(scenario -> scenario.leak().id() + " "
                                + scenario.leak().idiom().word())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | Missing required parameter: 'ID'",
                "run nonsense | there is no scenario \"nonsense\"; did you mean ",
                "run all --count 0 | --count is from 1 to 1000, not 0",
                "run infinite-loop --count 17 | infinite-loop spins: --count is at most 16 for it on platform threads",
                "run all --count x | Invalid value for option '--count': 'x' is not an int",
                "run all --variant wrong | Invalid value for option '--variant': \"wrong\" is not one of leaky, fixed, both",
                "run all --threads green | Invalid value for option '--threads': \"green\" is not one of platform, virtual, both",
                "run all --bogus | Unknown option: '--bogus'",
                "run first-result-wins --detector sonar | there is no detector \"sonar\": it is all or one of [count, profile,",
                "run missed-notify --steps | --steps prints what threads did, as JSON, and no results: add --json",
                "run missed-notify --json --steps --stacks | and leave out --stacks and --detector",
                "run missed-notify --json --steps --detector all | and leave out --stacks and --detector",
                "run missed-notify --json --steps --variant fixed | nothing here can be recorded: --steps wants a leaky form",
                "run lock-order-deadlock --idiom jdk --json --steps | nothing here can be recorded",
                "run all --cuont 3 | Unknown option: '--cuont'; did you mean --count? (run --help shows what it takes)",
                "run first-result-win | there is no scenario \"first-result-win\"; did you mean first-result-wins?",
                "serve all | name one scenario",
                "serve early-return --idiom both | serve keeps one cell, not 2: name one scenario",
                "run nil-channel-send --idiom jdk | nil-channel-send has no form in the idiom jdk, only in channel",
                "run early-return --idiom go | Invalid value for option '--idiom': \"go\" is not one of channel, jdk, both",
                "watch nil-channel-send --idiom jdk | nil-channel-send has no form in the idiom jdk, only in channel",
                "serve first-result-wins --threads both | serve keeps one cell, not 2: name one scenario",
                "serve first-result-wins --port 65536 | --port is from 0 to 65535, not 65536",
                "serve first-result-wins --allowed-host http://ops | an allowed host is a name or an address without scheme",
                "serve first-result-wins --port many | Invalid value for option '--port': 'many' is not an int",
                "serve pinned-carrier | pinned-carrier runs in a JVM of its own",
                "serve | Missing required parameter: 'ID'",
                "serve a b | Unmatched argument at index 2: 'b'",
                "detectors nonsense | there is no scenario \"nonsense\"",
                "watch all | watch shows one scenario, not all",
                "watch nonsense | there is no scenario \"nonsense\"",
                "watch pinned-carrier | pinned-carrier runs in a JVM of its own",
                "churn --probes 0 | --threads and --probes are at least 1",
                "soak --seconds 0 | --seconds is from 1 to 604800, not 0",
                "soak --seconds ten | Invalid value for option '--seconds': 'ten' is not an int",
                "soak --plant tree | \"tree\" is not one of none, waiter, context, thread, stuck, item, permit, memory",
                "million --threads 0 | --threads is from 1 to 2000000, not 0",
                "million --output nowhere/at.all | --output is a file in a folder that exists, not nowhere/at.all",
                "scenarios extra | Unmatched argument at index 1: 'extra'",
            })
    void badInputGetsOneSentence(String line, String sentence) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    /** A sentence about what is not there needs no hint at options. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | true",
                "run all --bogus | true",
                "run all --count 0 | true",
                "soak --seconds 0 | true",
                "detect | true",
                "run nonsense | false",
                "detect no-such-file.hprof | false",
                "report no-such-file.json | false",
                "compare no-such-file.json no-such-file.json | false",
                "bench nonsense | false",
            })
    void theHintAtTheHelpFollowsErrorsOfUsageOnly(String line, boolean hint) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        String command = line.split(" ")[0];
        assertThat(err.toString().endsWith(" (" + command + " --help shows what it takes)\n"))
                .as(err.toString())
                .isEqualTo(hint);
        assertThat(err.toString()).startsWith(command + ": ").hasLineCount(1);
    }

    @Test
    void serveKeepsACellUntilItIsInterrupted() throws Exception {
        AtomicInteger code = new AtomicInteger(-1);
        Thread command =
                new Thread(() -> code.set(execute("serve", "first-result-wins", "--allowed-host", "ops.example.org")));
        command.start();
        try {
            Pattern address = Pattern.compile(
                    "first-result-wins leaky virtual is kept at (http://127.0.0.1:\\d+/debug/pprof/) until");
            Matcher said = address.matcher(out.toString());
            while (!said.find()) {
                assertThat(command.isAlive()).as(err.toString()).isTrue();
                Thread.sleep(20);
                said = address.matcher(out.toString());
            }
            try (InputStream page =
                    URI.create(said.group(1) + "threads?debug=1").toURL().openStream()) {
                assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("FirstResultWins");
            }
            assertThat(status(URI.create(said.group(1)), "ops.example.org")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(status(URI.create(said.group(1)), "evil.example.org"))
                    .isEqualTo("HTTP/1.1 421 Misdirected Request");
        } finally {
            command.interrupt();
            command.join();
        }
        assertThat(code.get()).isZero();
        assertThat(out.toString()).endsWith("freed\n");
    }

    /** The first line of the answer to a request for a host, whichever host the page is at. */
    private static String status(URI page, String host) throws IOException {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            String request = "GET " + page.getPath() + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInASentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(execute("serve", "first-result-wins", "--port", "" + taken.getLocalPort()))
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("serve: cannot listen on ").hasLineCount(1);
        }
    }

    @Test
    void soakEndsWithOneWhenSomethingIsWrong() {
        assertThat(execute("soak", "--seconds", "1", "--seed", "1", "--plant", "context"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("Soaking for 1 s")
                .contains("seed 1")
                .contains("WRONG: ");
    }

    @Test
    void millionPrintsATableAndWritesJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("million.json");
        assertThat(execute("million", "--threads", "1000", "--output", file.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("B/THREAD")
                .contains("an unbuffered channel each; a send for each")
                .contains("Java " + Runtime.version());
        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(json.at("/runs").size()).isEqualTo(3);
        assertThat(json.at("/runs/0/threads").asInt()).isEqualTo(1000);
        assertThat(folder.toFile().list()).as("nothing partial is left").containsExactly("million.json");
    }

    /** 1 is an answer, as that something is worse. A file stands where the folder is to be. */
    @Test
    void whatFailsIsNoAnswer(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("go.txt"), "BenchmarkA 5 1 ns/op\n");
        assertThat(execute(
                        "go-results",
                        file.toString(),
                        "-o",
                        file.resolve("below").toString()))
                .isEqualTo(2);
    }

    @Command(name = "large")
    private static final class TooLarge implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void tooLittleMemoryIsNoAnswerEither() {
        CommandLine commands = new CommandLine(new TooLarge());
        commands.setErr(new PrintWriter(err));
        assertThat(Main.run(commands)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("large: java.lang.OutOfMemoryError: Java heap space\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenarios", "run", "serve", "watch", "soak", "million", "core-table"})
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage:").contains(command);
    }
}
