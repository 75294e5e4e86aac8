package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/** Suites that know of threads which they leave behind. */
@Tag("once")
class SuiteKnownTest {

    @TempDir
    Path folder;

    @AfterEach
    void free() throws InterruptedException {
        Leaves.free();
        Pools.free();
    }

    @Test
    void aSuiteFailsOnNewLeaksOnly() throws IOException {
        Path known = folder.resolve("known.txt");
        SuiteRun wrote = SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, known), Leaves.PlatformThread.class);
        assertThat(wrote.passes()).as(wrote.failure()).isTrue();
        assertThat(Files.readString(known)).contains("""

                        left-behind, waits on java.util.concurrent.Semaphore
                            at java.util.concurrent.Semaphore.acquire
                            at org.leaklab.junit.suite.Leaves.waitsForNobody
                        """);

        SuiteRun same = SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, known), Leaves.PlatformThread.class);
        assertThat(same.passes()).as(same.failure()).isTrue();
        SuiteRun more = SuiteRun.of(
                and(FAIL, SuiteSettings.KNOWN, known), Leaves.PlatformThread.class, Leaves.ThreadOfLauncher.class);
        assertThat(more.failure())
                .contains("1 thread was still live when the last test had ended:")
                .contains("left launched")
                .contains("note: 1 thread was still live that the file of known leaks has")
                .doesNotContain("left platform");

        SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, known), Leaves.ThreadOfLauncher.class);
        assertThat(Files.readString(known)).contains("Leaves.waitsForNobody", "Leaves$ThreadOfLauncher");
    }

    @Test
    void aForgottenPoolIsKnownByTheClassWhoseTestMadeIt() throws IOException {
        Path known = folder.resolve("known.txt");
        SuiteRun wrote = SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, known), Pools.Forgotten.class);
        assertThat(wrote.passes()).as(wrote.failure()).isTrue();
        assertThat(Files.readString(known)).endsWith("""

                        left-behind, waits on java.util.concurrent.locks.AbstractQueuedSynchronizer
                            at java.util.concurrent.ThreadPoolExecutor$Worker.run
                            at started by org.leaklab.junit.suite.Pools$Forgotten
                        """);

        SuiteRun same = SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, known), Pools.Forgotten.class);
        assertThat(same.passes()).as(same.failure()).isTrue();
        SuiteRun more =
                SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, known), Pools.Forgotten.class, Pools.ForgottenToo.class);
        assertThat(more.failure())
                .contains("1 thread was still live when the last test had ended:")
                .contains("1 thread named \"forgotten too\"")
                .contains("note: 1 thread was still live that the file of known leaks has");

        SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, known), Pools.ForgottenToo.class);
        assertThat(Files.readString(known)).contains("started by org.leaklab.junit.suite.Pools$ForgottenToo");
    }

    @Test
    void aForgottenPoolOfAnUnknownClassStaysNews() throws IOException {
        TestExecutionListener forgets = new TestExecutionListener() {
            @Override
            public void executionStarted(TestIdentifier test) {
                if (test.getUniqueId().equals("[engine:junit-jupiter]")) {
                    Pools.forget("forgotten outside of tests");
                }
            }
        };
        LauncherConfig config =
                LauncherConfig.builder().addTestExecutionListeners(forgets).build();
        Path known = folder.resolve("known.txt");
        SuiteRun run = SuiteRun.of(
                LauncherFactory.create(config),
                and(FAIL, SuiteSettings.WRITE_KNOWN, known),
                Leaves.PlatformThread.class);
        assertThat(run.failure())
                .contains("1 thread named \"forgotten outside of tests\"")
                .contains("started while no test was under way")
                .contains("note: " + known + " knows of 1 place now")
                .contains("note: " + known + " cannot know 1 thread: no frame is the program's");
        assertThat(Files.readString(known)).contains("Leaves.waitsForNobody").doesNotContain("Worker");
    }

    @Test
    void anEntryOfTheJdksFramesAloneKnowsNoThread() throws IOException {
        Path known = Files.writeString(folder.resolve("known.txt"), """
                left-behind, waits on java.util.concurrent.locks.AbstractQueuedSynchronizer
                    at jdk.internal.misc.Unsafe.park
                """);
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, known), Pools.Forgotten.class)
                        .failure())
                .contains("1 thread named \"forgotten\"");
    }

    @Test
    void aFileIsWrittenAnewWhereTheSuiteReadsTheSame() {
        Path known = folder.resolve("known.txt");
        Map<String, String> reads = and(FAIL, SuiteSettings.KNOWN, known);
        SuiteRun wrote = SuiteRun.of(and(reads, SuiteSettings.WRITE_KNOWN, known), Leaves.PlatformThread.class);
        assertThat(wrote.passes()).as(wrote.failure()).isTrue();
        SuiteRun same = SuiteRun.of(reads, Leaves.PlatformThread.class);
        assertThat(same.passes()).as(same.failure()).isTrue();
    }

    @Test
    void whatWasFoundIsToldAlsoIfItCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path inside = file.resolve("known.txt");
        SuiteRun run = SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, inside), Leaves.PlatformThread.class);
        assertThat(run.failure())
                .contains("1 thread named \"left platform\"")
                .contains("note: " + inside + " cannot be written: ");
    }

    @Test
    void whatIsNoFileOfKnownLeaksIsNotAddedTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "nonsense");
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.WRITE_KNOWN, other), Leaves.PlatformThreadCured.class)
                        .failure())
                .startsWith("other.txt, line 1: \"nonsense\" is no cause");
        assertThat(other).hasContent("nonsense");
    }

    @Test
    void aFileThatIsNotThereFailsTheSuite() {
        Path known = folder.resolve("none.txt");
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, known), Leaves.PlatformThreadCured.class)
                        .failure())
                .isEqualTo("there is no file " + known + " with known leaks; -Dleaklab.writeKnown=FILE writes one\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatCannotBeReadSaysSo() {
        Path unreadable = Path.of("/proc/self/mem"); // for root too: nothing is mapped at its begin
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.KNOWN, unreadable), Leaves.PlatformThreadCured.class)
                        .failure())
                .startsWith("/proc/self/mem cannot be read: ");
    }
}
