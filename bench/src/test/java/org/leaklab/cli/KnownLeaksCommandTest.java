package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code detect --known} on four builds of one program, each compiled and run for real. */
@Tag("once")
@EnabledForJreRange(minVersion = 22, disabledReason = "dumps of older JDKs have no stacks of virtual threads")
class KnownLeaksCommandTest extends CommandTest {

    private static final String PROGRAM = """
            import java.util.*;
            import java.util.concurrent.*;

            class Shop {
                public static void main(String[] args) throws Exception {
                    start(); while (waiting < %d) Thread.sleep(1);
                    System.out.println("ready");
                    System.in.read();
                }
                static volatile int waiting;
                static void leak(Callable<?> body) {
                    Thread thread = Thread.ofVirtual().unstarted(() -> {
                        try { body.call(); } catch (Exception e) { throw new AssertionError(e); }
                    });
                    thread.start();
                    while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
                    waiting++;
                }
            %s
            }
            """;

    private static final String PRICE = """
            static void price() {
                SynchronousQueue<String> queue = new SynchronousQueue<>();
                leak(() -> { queue.put("42"); return 1; });
            }
            """;

    private static final String ORDER = PRICE.replace("price", "order");

    private static final String PRICE_LATER = """
            // A comment, and a lambda that comes first.


            static void price() {
                Runnable other = () -> { };
                other.run();
                SynchronousQueue<String> queue = new SynchronousQueue<>();

                leak(() -> { queue.put("43"); return 2; });
            }
            """;

    @TempDir
    static Path directory;

    private static final List<Process> PROCESSES = new ArrayList<>();

    private static Process price;
    private static Path first;
    private static Path shifted;
    private static Path more;
    private static Path elsewhere;

    @BeforeAll
    static void buildAndDump() throws IOException {
        price = run("first", 2, "static void start() { price(); price(); }\n" + PRICE);
        first = dump("first", price);
        shifted = dump("shifted", run("shifted", 1, "static void start() { price(); }\n" + PRICE_LATER));
        more = dump("more", run("more", 2, "static void start() { price(); order(); }\n" + PRICE + ORDER));
        elsewhere = dump("elsewhere", run("elsewhere", 1, "static void start() { order(); }\n" + PRICE + ORDER));
    }

    @AfterAll
    static void end() {
        PROCESSES.forEach(Process::destroyForcibly);
    }

    private static Process run(String build, int leaks, String methods) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(build));
        Path source = Files.writeString(folder.resolve("Shop.java"), PROGRAM.formatted(leaks, methods));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-g", "-d", folder.toString(), source.toString()))
                .isZero();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        folder.toString(),
                        "Shop")
                .redirectErrorStream(true)
                .start();
        PROCESSES.add(process);
        BufferedReader lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
        return process;
    }

    private static Path dump(String build, Process process) {
        Path dump = directory.resolve(build + ".hprof");
        KnownLeaksCommandTest user = new KnownLeaksCommandTest();
        assertThat(user.detect(process.pid() + "", "--keep", dump.toString()))
                .as(user.err.toString())
                .isEqualTo(1);
        return dump;
    }

    private int detect(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[words.length + 1];
        all[0] = "detect";
        System.arraycopy(words, 0, all, 1, words.length);
        return execute(all);
    }

    private Path known() {
        Path file = directory.resolve("known.txt");
        assertThat(detect(first.toString(), "--write-known", file.toString())).isZero();
        return file;
    }

    @Test
    void whatIsWrittenIsKnown() throws IOException {
        Path file = known();
        assertThat(out.toString()).contains("2 virtual threads, unreachable", ": 2 leaked threads in 1 group, ");
        assertThat(err.toString()).contains("detect: wrote 1 known place to " + file);
        assertThat(Files.readString(file)).endsWith("""

                unreachable, waits on java.util.concurrent.SynchronousQueue
                    at java.util.concurrent.SynchronousQueue.put
                    at Shop.lambda$price
                """);
        try (var left = Files.list(directory)) {
            assertThat(left.filter(each -> each.toString().endsWith(".part"))).isEmpty();
        }
        assertThat(detect(first.toString(), "--known", file.toString())).isZero();
        assertThat(out.toString())
                .contains("Known: 1 group with 2 leaked threads.", ": no leaked thread besides 2 known, ")
                .doesNotContain("2 virtual threads, unreachable", "not met");
    }

    @Test
    void aBuildWithOtherLinesAndLambdasIsKnownToo() {
        assertThat(detect(shifted.toString(), "--known", known().toString()))
                .as(out.toString())
                .isZero();
        assertThat(detect(shifted.toString())).isEqualTo(1);
    }

    @Test
    void anotherLeakIsNews() {
        String file = known().toString();
        assertThat(detect(more.toString(), "--known", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "at Shop.lambda$order$",
                        "Known: 1 group with 1 leaked thread.",
                        ": 1 leaked thread in 1 group besides 1 known, ")
                .doesNotContain("at Shop.lambda$price$");
        assertThat(detect(more.toString(), "--known", file, "--format", "collapsed"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("order").doesNotContain("price").hasLineCount(1);
        assertThat(err.toString()).contains("detect: Known: 1 group with 1 leaked thread.");
    }

    @Test
    void aPlaceThatIsNotMetIsNamed() {
        assertThat(detect(elsewhere.toString(), "--known", known().toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("Known, but not met now: unreachable, waits on java.util.concurrent.SynchronousQueue, at"
                        + " java.util.concurrent.SynchronousQueue.put, at Shop.lambda$price.")
                .doesNotContain("Known: ", "besides");
    }

    @Test
    void inJsonEachGroupSaysWhetherItIsKnown() {
        String file = known().toString();
        detect(more.toString(), "--known", file, "--json");
        JsonNode found = JsonMapper.shared().readTree(out.toString());
        assertThat(found.get("verdict").asString()).isEqualTo("leaked");
        assertThat(found.get("groups").size()).isEqualTo(2);
        for (JsonNode group : found.get("groups")) {
            assertThat(group.get("known").asBoolean())
                    .isEqualTo(group.get("stack").toString().contains("lambda$price"));
        }
        assertThat(found.get("notes").toString()).contains("Known: 1 group with 1 leaked thread.");
        assertThat(detect(first.toString(), "--known", file, "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out.toString()).get("verdict").asString())
                .isEqualTo("known");
        assertThat(detect(first.toString(), "--json")).isEqualTo(1);
        assertThat(JsonMapper.shared()
                        .readTree(out.toString())
                        .at("/groups/0/known")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aCommentStaysWhenTheFileIsWrittenAgain() throws IOException {
        Path file = known();
        Files.writeString(file, Files.readString(file).replace("\nunreachable", "\n# SHOP-7\nunreachable"));
        assertThat(detect(more.toString(), "--write-known", file.toString())).isZero();
        assertThat(Files.readString(file))
                .contains("# SHOP-7\nunreachable", "at Shop.lambda$price\n", "at Shop.lambda$order\n");
        assertThat(detect(elsewhere.toString(), "--write-known", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).doesNotContain("SHOP-7", "price").contains("at Shop.lambda$order\n");
    }

    @Test
    void aProbeOfTheProcessReadsTheSameFile() {
        String file = known().toString();
        assertThat(detect(price.pid() + "", "--live", "--known", file))
                .as(out + "\n" + err)
                .isZero();
        assertThat(out.toString()).contains("Known: 1 group with 2 leaked threads.");
        Path other = directory.resolve("live.txt");
        assertThat(detect(price.pid() + "", "--live", "--write-known", other.toString()))
                .isZero();
        assertThat(other).hasSameTextualContentAs(Path.of(file));
    }

    @Test
    void refusesInOneSentence() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.txt"), "unreachabel\n    at Shop.price\n");
        Path none = directory.resolve("none.txt");
        for (List<String> line : List.of(
                List.of("bad.txt, line 1: \"unreachabel\" is no cause", "--known", bad.toString()),
                List.of("bad.txt, line 1: \"unreachabel\" is no cause", "--write-known", bad.toString()),
                List.of("there is no file " + none, "--known", none.toString()),
                List.of("names a file to write, and " + directory + " is a folder", "--write-known", directory + ""),
                List.of("for the file of --write-known", "--write-known", none + "/x"))) {
            assertThat(detect(price.pid() + "", line.get(1), line.getLast()))
                    .as(line.toString())
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("detect: ").contains(line.getFirst());
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(out.toString()).isEmpty();
        }
        assertThat(Files.readString(bad)).startsWith("unreachabel"); // not overwritten
        assertThat(detect(first + "", "--known", bad + "", "--write-known", none + ""))
                .isEqualTo(2);
        assertThat(err.toString()).contains("leave out one of them");
        assertThat(detect("--diff", first + "", more + "", "--known", known() + ""))
                .isEqualTo(2);
    }
}
