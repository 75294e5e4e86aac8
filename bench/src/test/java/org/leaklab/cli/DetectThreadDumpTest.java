package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code detect} as somebody uses it who has a thread dump and no heap dump. */
class DetectThreadDumpTest {

    /** Two threads with a circle; the name of one is hostile to a terminal. */
    private static final String PRINT = """
            2026-11-29 10:00:00
            Full thread dump OpenJDK 64-Bit Server VM (25.0.1+8-LTS mixed mode, sharing):

            Threads class SMR info:
            _java_thread_list=0x0000000000000001, length=2, elements={
            0x00000000000000aa, 0x00000000000000bb
            }

            "pays" #21 [77] daemon prio=5 os_prio=0 cpu=0.50ms elapsed=2.00s tid=0x00000000000000aa nid=77 waiting for monitor entry  [0x00007f0000000000]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat shop.Account.pay(Account.java:6)
            \t- waiting to lock <0x00000000000000e2> (a shop.Account)
            \t- locked <0x00000000000000e1> (a shop.Account)
            \tat java.lang.Thread.run(java.base@25/Thread.java:1474)

               Locked ownable synchronizers:
            \t- None

            "re\u001b[31mfunds" #22 [78] daemon prio=5 os_prio=0 cpu=0.50ms elapsed=2.00s tid=0x00000000000000bb nid=78 waiting for monitor entry  [0x00007f0000000000]
               java.lang.Thread.State: BLOCKED (on object monitor)
            \tat shop.Account.refund(Account.java:9)
            \t- waiting to lock <0x00000000000000e1> (a shop.Account)
            \t- locked <0x00000000000000e2> (a shop.Account)
            \tat java.lang.Thread.run(java.base@25/Thread.java:1474)

               Locked ownable synchronizers:
            \t- None

            JNI global refs: 10, weak refs: 0

            """;

    private static final String JSON = """
            {"threadDump":{"runtimeVersion":"26+1","threadContainers":[{"threads":[
            {"tid":"30","name":"a","virtual":true,"state":"BLOCKED","blockedOn":"X@2","monitorsOwned":[{"depth":1,"locks":["X@1"]}]},
            {"tid":"31","name":"b","virtual":true,"state":"BLOCKED","blockedOn":"X@1","monitorsOwned":[{"depth":1,"locks":["X@2"]}]}
            ]}]}}""";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int detect(String content, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("threads.txt"), content);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        String[] words = new String[options.length + 2];
        words[0] = "detect";
        words[1] = file.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return commands.execute(words);
    }

    @Test
    void drawsTheCircleAndSaysWhatIsNotShown() throws IOException {
        assertThat(detect("INFO started\n" + PRINT)).isEqualTo(1);
        assertThat(out.toString())
                .contains("deadlock, certain")
                .contains("CIRCLE: 2 threads")
                .contains("at       shop.Account.pay(Account.java:6)")
                .contains("take a heap dump")
                .contains("threads.txt, JDK 25.0.1+8-LTS: 2 leaked threads")
                .doesNotContain("retains")
                .doesNotContain("\u001b[31m");
    }

    @Test
    void writesTheDocumentOfADump() throws IOException {
        assertThat(detect(PRINT, "--json")).isEqualTo(1);
        JsonNode document = new JsonMapper().readTree(out.toString());
        assertThat(document.path("schema").asInt()).isEqualTo(2);
        assertThat(document.path("verdict").asString()).isEqualTo("leaked");
        assertThat(document.path("leaked").path(0).path("id").asLong()).isEqualTo(21);
        assertThat(document.path("leaked").path(0).path("cause").asString()).isEqualTo("deadlock");
        assertThat(document.path("leaked").path(0).path("owner").path("id").asLong())
                .isEqualTo(22);
        assertThat(document.path("circles").path(0)).hasSize(2);
    }

    @Test
    void jsonProvesNothing() throws IOException {
        assertThat(detect(JSON)).isZero();
        assertThat(out.toString()).contains("SUSPECTS: 2 threads").contains("nothing in it is proof");
        assertThat(detect(JSON, "--suspects")).isEqualTo(1);
    }

    @Test
    void cannotTellFromStacksAlone() throws IOException {
        assertThat(detect(
                        "{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\":\"1\",\"name\":\"main\"}]}]}}"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("stacks only");
        assertThat(out.toString()).contains("cannot tell");
    }

    @Test
    void refusesInOneSentence() throws IOException {
        for (List<String> bad : List.of(
                List.of("is no heap dump", "<html>"),
                List.of("is no heap dump", ""),
                List.of("is no heap dump", "\u0000\u0001"),
                List.of("no member threadContainers", "{\"a\":1}"),
                List.of("ends within a thread print", PRINT.substring(0, PRINT.indexOf("\"re"))))) {
            assertThat(detect(bad.getLast())).as(bad.getFirst()).isEqualTo(2);
            assertThat(err.toString()).startsWith("detect: ").contains(bad.getFirst());
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(out.toString()).isEmpty();
        }
    }
}
