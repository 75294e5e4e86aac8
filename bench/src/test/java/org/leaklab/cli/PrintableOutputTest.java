package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Growth;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Said;
import org.leaklab.lab.StuckThread;
import org.leaklab.lab.Variant;
import org.leaklab.pages.lessons.Evidence;
import org.leaklab.pages.lessons.Lesson;
import org.leaklab.pages.lessons.Site;
import org.leaklab.scenario.Scenario;
import org.leaklab.table.Table;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names that hold all that a terminal, a log or a browser would act on go through every output of the commands. */
@Tag("once")
class PrintableOutputTest {

    private static final String ACTS = "\n\r\t\u0000\u0008\u001B[2J\u007F\u0085\u009B\u200B\u2028\u2029\u202A\u202B"
            + "\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF\uD800-\uDFFF\uDBFF";

    /** Without halves of surrogate pairs. */
    private static final String WHY = "<why\n\u001B\u0085\u2028\u202E>";

    @TempDir
    Path folder;

    private static String name(String what) {
        return "<" + what + ACTS + ">";
    }

    private static String html(String what) {
        return Printable.of(name(what)).replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void assertActsOnNothing(String text) {
        String unix = text.replace(System.lineSeparator(), "\n");
        assertThat(Printable.lines(unix)).isEqualTo(unix);
        assertThat(text).doesNotContain("\n\\r", "\t\\u0000"); // a line feed or a tab of a name
    }

    private static Findings findings() {
        List<StackTraceElement> stack = List.of(new StackTraceElement(name("class"), name("method"), name("file"), 7));
        return new Findings(
                Instant.EPOCH,
                name("jdk"),
                Map.of("virtual, waiting", 1),
                1,
                1,
                1,
                List.of(new Findings.LeakedThread(
                        2,
                        name("thread"),
                        true,
                        Thread.State.WAITING,
                        Findings.Cause.DEADLOCK,
                        Findings.Verdict.UNLESS_INTERRUPTED,
                        name("blocker"),
                        new Findings.ThreadName(4, name("owner")),
                        3,
                        stack)),
                List.of(new Findings.LeakedGroup(
                        1,
                        true,
                        Findings.Cause.DEADLOCK,
                        Findings.Verdict.UNLESS_INTERRUPTED,
                        name("blocker"),
                        List.of(name("thread")),
                        3,
                        List.of(name("holder")),
                        stack)),
                List.of(new Findings.Circle(List.of(new Findings.Link(
                        new Findings.ThreadName(5, name("waiter")),
                        name("wanted"),
                        name("at"),
                        new Findings.ThreadName(5, name("next")))))),
                List.of(new Findings.SuspectThread(
                        6, name("suspect"), true, Findings.Reason.ISLAND, name("because"), stack)),
                List.of(new Findings.WaitingGroup(
                        List.of(new Findings.ThreadName(7, name("patient"))),
                        true,
                        name("awaited"),
                        List.of(name("root")),
                        stack)),
                List.of(new Findings.UnknownThread(1, name("unknown"), true, WHY, stack)),
                null,
                List.of(name("note")));
    }

    private static void assertHas(String text, String... names) {
        assertActsOnNothing(text);
        for (String each : names) {
            assertThat(text).contains(Printable.of(name(each)));
        }
    }

    @Test
    void detectAsText() {
        assertHas(
                DetectText.of(findings(), name("from"), Ansi.OFF, true),
                "thread",
                "blocker",
                "owner",
                "holder",
                "class",
                "method",
                "file",
                "note",
                "from",
                "jdk",
                "waiter",
                "wanted",
                "at",
                "next",
                "suspect",
                "because",
                "patient",
                "awaited",
                "root",
                "unknown");
        assertThat(DetectText.of(findings(), name("from"), Ansi.OFF, true)).contains(Printable.of(WHY));
        List<Growth> grown = List.of(new Growth(0, findings().groups().getFirst()));
        assertHas(DetectText.of(grown, 0, 1), "thread", "blocker", "holder", "class", "method", "file");
    }

    @Test
    void detectAsJson() throws IOException {
        StringWriter written = new StringWriter();
        Json.write(written, DetectJson.of(findings(), "heap-dump"));
        StringWriter printed = new StringWriter();
        Json.print(new PrintWriter(printed), DetectJson.of(findings(), "heap-dump"));
        for (String json : List.of(written.toString(), printed.toString())) {
            assertActsOnNothing(json);
            JsonNode read = JsonMapper.shared().readTree(json);
            assertThat(read.at("/leaked/0/name").asString()).isEqualTo(name("thread"));
            assertThat(read.at("/groups/0/heldBy/0").asString()).isEqualTo(name("holder"));
            assertThat(read.at("/unknown/0/reason").asString()).isEqualTo(WHY);
            assertThat(read.at("/circles/0/0/at").asString()).isEqualTo(name("at"));
            assertThat(read.at("/suspects/0/because").asString()).isEqualTo(name("because"));
            assertThat(read.at("/waiting/0/threads/0/name").asString()).isEqualTo(name("patient"));
            assertThat(read.at("/notes/0").asString()).isEqualTo(name("note"));
        }
    }

    @Test
    void tables() {
        Table table = new Table(name("heading"));
        table.row(name("cell"));
        assertHas(String.join("\n", table.lines()), "heading", "cell");
        assertHas(String.join("\n", table.markdown()), "heading", "cell");
    }

    private static StuckThread stuck() {
        return new StuckThread(
                name("thread"),
                "waiting",
                new StuckThread.Awaited(1, name("type"), name("says"), name("holder"), true),
                List.of(name("frame"), "org.leaklab.scenario." + name("own") + "(X.java:1)"));
    }

    private static CellResult result() {
        Scenario scenario = Catalogue.load().get("mutex-never-unlocked");
        return new CellResult(
                new Cell(scenario, Variant.LEAKY, ThreadKind.PLATFORM, 1),
                1,
                1,
                1,
                1,
                1,
                name("wrong"),
                stuck().stack(),
                List.of(stuck()),
                List.of(name("complaint")),
                List.of(new Said("count", Said.Sight.SEES, 1, 0, List.of(name("line")))));
    }

    @Test
    void run() {
        StringWriter out = new StringWriter();
        CellText text = new CellText(new PrintWriter(out), Ansi.OFF, List.of(result().cell()));
        text.heading();
        text.print(result());
        assertHas(out.toString(), "wrong", "complaint", "frame", "line");
        StringWriter json = new StringWriter();
        Json.print(new PrintWriter(json), List.of(CellRow.of(result(), true)));
        assertActsOnNothing(json.toString());
        assertThat(JsonMapper.shared()
                        .readTree(json.toString())
                        .at("/0/stuck/0/name")
                        .asString())
                .isEqualTo(name("thread"));
    }

    /** From the results that {@code run --json --stacks} writes to pages with pictures. */
    @Test
    void lessons() throws IOException {
        Path file = folder.resolve("stuck.json");
        try (PrintWriter json = new PrintWriter(Files.newBufferedWriter(file))) {
            Json.print(json, List.of(CellRow.of(result(), true)));
        }
        Evidence read = new Evidence();
        read.read(List.of(file));
        Evidence added = new Evidence();
        added.add(result(), "25.0.1");
        for (Evidence evidence : List.of(read, added)) {
            List<Lesson> lessons = Lesson.of(Catalogue.load().all(), evidence);
            Map<String, String> pages = new Site(lessons, false).pages();
            assertThat(pages.values()).allSatisfy(PrintableOutputTest::assertActsOnNothing);
            assertThat(pages.get("mutex-never-unlocked.html"))
                    .contains(html("thread"), html("holder"), html("frame"), "<svg")
                    .doesNotContain("<thread", "<holder", "<frame");
        }
    }

    /** What was typed comes back in a sentence, and no more. */
    @Test
    void refusals() {
        for (String[] words : new String[][] {
            {name("command")}, {"run", name("scenario")}, {"run", "all", name("--option")}, {"detect", name("file")}
        }) {
            StringWriter said = new StringWriter();
            CommandLine commands = Main.commands();
            commands.setOut(new PrintWriter(said));
            commands.setErr(new PrintWriter(said));
            assertThat(commands.execute(words)).isEqualTo(2);
            assertThat(Printable.lines(said.toString())).isEqualTo(said.toString());
        }
    }
}
