package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSnapshot;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Where it is said what a suite has left: in a file, and in report entries. */
class SuiteReportTest {

    @TempDir
    Path folder;

    @AfterEach
    void free() throws InterruptedException {
        Leaves.free();
    }

    @Test
    void aReportFailsNothingAndIsPrintedWrittenAndPublished() throws IOException {
        Path json = folder.resolve("new/leaks.json");
        SuiteRun run = SuiteRun.of(
                and(Map.of(SuiteSettings.VERIFY, "report"), SuiteSettings.REPORT, json),
                Leaves.PlatformThread.class,
                Leaves.VirtualThread.class);
        assertThat(run.passes()).as(run.failure()).isTrue();
        assertThat(run.events).doesNotContain("+no test left a thread behind").contains("+leaklab", "-leaklab");
        assertThat(run.entries)
                .hasSize(4)
                .anyMatch(
                        entry -> entry.contains("leaves(): thread \"left virtual\" (virtual, waiting) was still live"))
                .anyMatch(entry -> entry.contains("leaves(): thread \"left platform\" (platform, waiting) was still"))
                .anyMatch(entry -> entry.contains("leaklab: 1 thread named \"left virtual\" (virtual, waiting), "))
                .anyMatch(entry -> entry.contains("leaklab: 1 thread named \"left platform\" (platform, waiting), "
                        + "started while only org.leaklab.junit.suite.Leaves$PlatformThread.leaves() was under way: "
                        + "was still live; "));
        JsonNode written = new ObjectMapper().readTree(Files.readString(json));
        assertThat(written.get("mode").asString()).isEqualTo("report");
        assertThat(written.get("total").asInt()).isEqualTo(2);
        assertThat(written.get("blind").isNull()).isTrue();
        List<String> threads = new ArrayList<>();
        written.get("threads")
                .forEach(each -> threads.add(
                        each.get("name").asString() + " " + each.get("verdict").asString() + " "
                                + each.get("startedBy").get(0).asString()));
        assertThat(threads)
                .containsExactlyInAnyOrder(
                        "left platform left-behind org.leaklab.junit.suite.Leaves$PlatformThread.leaves()",
                        "left virtual left-behind org.leaklab.junit.suite.Leaves$VirtualThread.leaves()");
        try (var files = Files.list(json.getParent())) {
            assertThat(files).containsExactly(json);
        }
    }

    private static LeftThread left(int id, String test, StackTraceElement... stack) {
        ThreadSnapshot look = new ThreadSnapshot(
                "left " + id,
                id,
                ThreadKind.PLATFORM,
                Thread.State.WAITING,
                "java.lang.Object",
                "",
                null,
                List.of(stack));
        TestsSeen.Test of = new TestsSeen.Test(test, test, "Shop");
        return new LeftThread(
                look, new TestsSeen.Starter(List.of(of), true, null), LeftThread.Verdict.LEFT_BEHIND, false);
    }

    private static StackTraceElement frame(int line) {
        return new StackTraceElement("shop.Shop", "waits", "Shop.java", line);
    }

    private static String text(List<LeftThread> left) {
        return new SuiteReport(left, null, null, List.of()).text();
    }

    @Test
    void aLeakOfManyTestsIsToldOnce() {
        String text = text(IntStream.range(0, 20)
                .mapToObj(i -> left(i, "test" + i, frame(7)))
                .toList());
        assertThat(text)
                .contains("20 threads were still live", "20 threads such as \"left 0\"")
                .contains("started by test0", "started by test4", "and 15 more of such lines")
                .doesNotContain("test5")
                .containsOnlyOnce("at shop.Shop.waits");
    }

    /** Two tests that ran at the same time may both have started it. */
    @Test
    void whereSeveralTestsMayHaveStartedAThreadTheOptionIsNamedThatTells() {
        List<TestsSeen.Test> tests =
                List.of(new TestsSeen.Test("a", "a()", "Shop"), new TestsSeen.Test("b", "b()", "Shop"));
        LeftThread certain = left(1, "test", frame(7));
        LeftThread doubted = new LeftThread(
                certain.look(), new TestsSeen.Starter(tests, false, null), LeftThread.Verdict.LEFT_BEHIND, false);
        assertThat(doubt(List.of(certain, doubted), "--add-opens this"))
                .singleElement()
                .asString()
                .contains("is seen with --add-opens this in the options");
        assertThat(doubt(List.of(certain, doubted), "")).isEmpty();
        assertThat(doubt(List.of(certain), "--add-opens this")).isEmpty();
    }

    private static List<String> doubt(List<LeftThread> left, String option) {
        List<String> notes = new ArrayList<>();
        SuiteLook.noteDoubt(left, option, notes);
        return notes;
    }

    @Test
    void manyLeaksAndDeepStacksAreCut() {
        StackTraceElement[] deep =
                IntStream.range(0, 300).mapToObj(SuiteReportTest::frame).toArray(StackTraceElement[]::new);
        List<LeftThread> left = new ArrayList<>(
                IntStream.range(0, 14).mapToObj(i -> left(i, "test", frame(i))).toList());
        left.add(left(100, "deep", deep));
        left.add(left(101, "deep", deep));
        assertThat(text(left))
                .contains("2 threads such as \"left 100\"", "and 280 more frames")
                .contains("and 5 more in 5 groups, which are all in the file of leaklab.report=FILE");
        assertThat(text(left).lines()).hasSizeLessThan(120);
    }

    @Test
    void entriesAreOfOurOwnTestAloneWhereThoseThatHaveEndedTakeNone() {
        for (String lost : List.of(
                "junit.platform.execution.memory.cleanup.enabled", "junit.platform.reporting.open.xml.enabled")) {
            SuiteRun run = SuiteRun.of(and(FAIL, lost, true), Leaves.PlatformThread.class);
            assertThat(run.failure()).contains("left platform");
            assertThat(run.entries)
                    .singleElement()
                    .asString()
                    .startsWith("no test left a thread behind: 1 thread named \"left platform\" (platform, waiting), ");
        }
    }
}
