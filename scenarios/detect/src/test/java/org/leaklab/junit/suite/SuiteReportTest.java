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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
