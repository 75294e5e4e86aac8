package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Growth;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code detect} as somebody uses it who has a process, or the dumps of one. */
@EnabledForJreRange(minVersion = 22, disabledReason = "dumps of older JDKs have no stacks of virtual threads")
class DetectCommandTest {

    @TempDir
    static Path directory;

    private static Process few;
    private static Process many;
    private static Path before;
    private static Path after;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void leak() throws Exception {
        before = directory.resolve("before.hprof");
        after = directory.resolve("after.hprof");
        few = start("3");
        many = start("7");
        DetectCommandTest user = new DetectCommandTest();
        assertThat(user.execute("detect", few.pid() + "", "--keep", before.toString()))
                .as(user.err.toString())
                .isEqualTo(1);
        assertThat(user.execute("detect", many.pid() + "", "--keep", after.toString()))
                .isEqualTo(1);
    }

    @AfterAll
    static void end() {
        few.destroyForcibly();
        many.destroyForcibly();
    }

    private static Process start(String threads) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeakyProgram.class.getName(),
                        threads)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
        return process;
    }

    private int execute(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(args);
    }

    private JsonNode json(String... args) {
        execute(args);
        return JsonMapper.shared().readTree(out.toString());
    }

    @Test
    void looksAtAProcess() throws Exception {
        assertThat(execute("detect", few.pid() + "")).isEqualTo(1);
        assertThat(err.toString()).contains("process " + few.pid() + " will stand still for up to");
        assertThat(out.toString())
                .contains(
                        "3 virtual threads, unreachable, certain",
                        "    Nothing alive can reach what they wait on, nor the threads.")
                .contains("waits on  java.util.concurrent.SynchronousQueue$Transferer")
                .containsPattern("names     sender-\\d, sender-\\d, sender-\\d")
                .containsPattern("at org.leaklab.cli.LeakyProgram.lambda\\$leak\\$0\\(LeakyProgram.java:\\d+\\)")
                .contains("1 platform thread, unreachable, unless interrupted")
                .contains("static org.leaklab.cli.LeakyProgram.kept")
                .contains(": 4 leaked threads in 2 groups, ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(before)))
                .isEqualTo("rw-------");
        assertThat(execute("detect", few.pid() + "", "--keep", before.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("before.hprof exists: --keep does not overwrite a file");
        assertThat(execute("detect", before.toString(), "--confirm")).isEqualTo(2);
        assertThat(err.toString()).contains("--confirm takes a second dump of a process, and before.hprof is a file");
        try (var left = Files.list(directory)) {
            assertThat(left.filter(Files::isDirectory))
                    .as("private directories")
                    .isEmpty();
        }
    }

    @Test
    void printsJson() {
        JsonNode found = json("detect", after.toString(), "--json");
        assertThat(found.get("verdict").asString()).isEqualTo("leaked");
        assertThat(found.get("jdk").asString()).startsWith(Runtime.version().feature() + "");
        assertThat(found.get("threads").get("virtual").asInt()).isEqualTo(7);
        assertThat(found.get("threads").get("unknown").asInt()).isZero();
        assertThat(StreamSupport.stream(found.get("leaked").spliterator(), false)
                        .map(thread -> thread.get("name").asString()))
                .hasSize(8)
                .contains("sender-0", "sender-6", "kept");
        JsonNode first = found.get("leaked").get(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "virtual",
                        "cause",
                        "verdict",
                        "confirmed",
                        "blocker",
                        "owner",
                        "retainedBytes",
                        "stack");
        assertThat(first.get("id").asLong()).isPositive();
        assertThat(first.get("cause").asString()).isEqualTo("unreachable");
        assertThat(found.get("schema").asInt()).isEqualTo(2);
        assertThat(first.get("stack").size()).isGreaterThan(5);
        assertThat(found.get("groups").get(0).get("count").asInt()).isEqualTo(7);
        assertThat(found.get("groups").get(0).get("retainedBytes").asInt()).isGreaterThan(1000);
    }

    /** Without class files it is not seen what the code of the program uses. */
    @Test
    void leavesOutWhatIsNotCertain() {
        JsonNode found = json("detect", after.toString(), "--json", "--mode", "certain", "--class-path", classPath());
        assertThat(found.get("leaked").size()).isEqualTo(7);
        assertThat(execute("detect", after.toString(), "--json", "--mode", "certain"))
                .isZero();
        assertThat(execute("detect", after.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("something out of sight could have it", "class files are not at hand");
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> Files.exists(Path.of(place)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void writesProfiles() throws Exception {
        Path file = directory.resolve("leaks.pb.gz");
        assertThat(execute("detect", after.toString(), "--format", "pprof", "-o", file.toString()))
                .isEqualTo(1);
        assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b);
        assertThat(execute("detect", after.toString(), "--format", "collapsed")).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("virtual;") && line.endsWith(" 7"));
    }

    @Test
    void namesTheGroupsThatGrew() {
        assertThat(execute("detect", "--diff", before.toString(), after.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("4 more: 3 -> 7 virtual threads")
                .contains("1 group grew; 4 leaked threads before, 8 after");
        assertThat(execute("detect", "--diff", after.toString(), before.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("no group grew");
    }

    @Test
    void takesWhatIsUnknownForNoAnswerIfAsked() {
        Findings unknown = MadeUpFindings.only(List.of(), MadeUpFindings.unknown(2));
        assertThat(DetectCommand.open(unknown, false)).isNull();
        assertThat(DetectCommand.open(unknown, true))
                .isEqualTo("2 threads cannot be judged, and --strict takes this for no answer");
        assertThat(DetectCommand.open(MadeUpFindings.only(MadeUpFindings.suspects(), List.of()), true))
                .isNull();
        assertThat(execute("detect", after.toString(), "--strict", "--suspects", "--why"))
                .isEqualTo(1);
    }

    @Test
    void countsSuspectsIfAsked() {
        Findings suspects = MadeUpFindings.only(MadeUpFindings.suspects(), List.of());
        assertThat(DetectCommand.isFound(suspects, false)).isFalse();
        assertThat(DetectCommand.isFound(suspects, true)).isTrue();
        assertThat(DetectCommand.isFound(MadeUpFindings.only(List.of(), List.of()), true))
                .isFalse();
        assertThat(DetectCommand.isFound(MadeUpFindings.full(), false)).isTrue();
        assertThat(execute("detect", "--suspects", "--diff", before.toString(), after.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--diff compares leaked threads only")
                .hasLineCount(1);
    }

    @Test
    void aCircleGoesWithItsThreads() {
        Findings found = MadeUpFindings.of(
                List.of(MadeUpFindings.leaked(
                        Findings.Cause.DEADLOCK, Findings.Verdict.CERTAIN, new Findings.ThreadName(31, "buyer"))),
                List.of(),
                List.of(
                        new Findings.Circle(List.of(new Findings.Link(
                                new Findings.ThreadName(31, "buyer"),
                                "java.lang.Object",
                                "Shop.buy",
                                new Findings.ThreadName(31, "buyer")))),
                        new Findings.Circle(List.of(MadeUpFindings.link(5, 5, "java.lang.Object")))),
                List.of(),
                List.of(),
                List.of(),
                null);
        assertThat(found.only(true).circles()).hasSize(2);
        assertThat(found.only(false).circles()).containsExactly(found.circles().getFirst());
    }

    /** A cause is what a dump can prove of a place in the code; the place is the same. */
    @Test
    void aGroupWithAnotherCauseIsTheSameGroup() {
        Findings first = grouped(Findings.Cause.UNREACHABLE, 5);
        assertThat(Growth.between(first, grouped(Findings.Cause.DEADLOCK, 5))).isEmpty();
        assertThat(Growth.between(first, grouped(Findings.Cause.DEADLOCK, 7)))
                .hasSize(1)
                .first()
                .extracting(Growth::by)
                .isEqualTo(2);
    }

    private static Findings grouped(Findings.Cause cause, int count) {
        return MadeUpFindings.of(
                List.of(),
                List.of(MadeUpFindings.group(count, true, cause, Findings.Verdict.CERTAIN)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    @Test
    void refusesInOneSentence() throws Exception {
        Path none = directory.resolve("none.hprof");
        Path text = Files.writeString(directory.resolve("text.hprof"), "no heap at all");
        Path cut = directory.resolve("cut.hprof");
        byte[] whole = Files.readAllBytes(after);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        for (List<String> bad : List.of(
                List.of("there is no file none.hprof", none.toString()),
                List.of("text.hprof is no heap dump", text.toString()),
                List.of("cut.hprof is truncated: of its " + whole.length / 2 + " bytes", cut.toString()),
                List.of("there is no process 999999999", "999999999"),
                List.of(
                        "is this process itself: name another one",
                        ProcessHandle.current().pid() + ""),
                List.of("name a process, a heap dump, or two dumps"))) {
            assertThat(execute(bad.size() == 1 ? new String[] {"detect"} : new String[] {"detect", bad.getLast()}))
                    .as(bad.toString())
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("detect: ").contains(bad.getFirst());
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(out.toString()).isEmpty();
        }
    }

    /** Also of a process: it must not stand still for an answer that cannot be written. */
    @Test
    void saysEarlyThatAFileCannotBeWritten() {
        Path nowhere = directory.resolve("no such folder").resolve("file");
        for (List<String> bad : List.of(
                List.of("-o names a file to write, and " + directory + " is a folder", "-o", directory.toString()),
                List.of("there is no folder " + nowhere.getParent() + " for the file of -o", "-o", nowhere.toString()),
                List.of("for the file of --keep", "--keep", nowhere.toString()))) {
            assertThat(execute("detect", few.pid() + "", bad.get(1), bad.getLast()))
                    .as(bad.toString())
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("detect: ").contains(bad.getFirst());
            assertThat(err.toString().lines()).hasSize(1);
        }
        assertThat(execute("detect", after.toString(), "--at-risk")).isEqualTo(2);
        assertThat(err.toString()).contains("--at-risk asks a process for its threads, and after.hprof is a file");
    }

    @Test
    void refusesAClassPathThatIsNone(@TempDir Path folder) {
        for (List<String> bad : List.of(
                List.of("none.jar does not exist: name jars, folders of classes, or the home of a JDK", "none.jar"),
                List.of("after.hprof is no jar that can be read", after.toString()),
                List.of("there is no folder", directory.resolve("none") + "/*"))) {
            String path = folder + File.pathSeparator + bad.getLast();
            for (String target : List.of(after.toString(), few.pid() + "")) {
                assertThat(execute("detect", target, "--class-path", path))
                        .as(bad.toString())
                        .isEqualTo(2);
                assertThat(err.toString())
                        .startsWith("detect: class path: ")
                        .contains(bad.getFirst())
                        .doesNotContain("stand still");
                assertThat(out.toString()).isEmpty();
            }
        }
    }

    @Test
    void readsClassFilesWhereItIsTold() {
        String path = System.getProperty("java.class.path") + File.pathSeparator + directory + "/*";
        String there = Stream.of(path.split(File.pathSeparator))
                .filter(entry -> entry.endsWith("*") || Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(execute("detect", after.toString(), "--class-path", there)).isEqualTo(1);
        assertThat(out.toString()).contains("7 virtual threads, unreachable, certain");
    }
}
