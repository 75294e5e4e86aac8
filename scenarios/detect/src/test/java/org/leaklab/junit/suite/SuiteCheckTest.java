package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;
import org.leaklab.detect.OtherJvm;

/** Suites that leave threads behind, and others that do not. */
class SuiteCheckTest {

    private static final Map<String, String> WITHOUT_POOL = and(FAIL, SuiteSettings.IGNORE, Pools.SHARED);

    @TempDir
    Path folder;

    @AfterEach
    void free() throws InterruptedException {
        Leaves.free();
    }

    @Test
    void aPlatformThreadFailsTheSuiteAndItsCureDoesNot() {
        assertThat(SuiteRun.of(FAIL, Leaves.PlatformThread.class).failure())
                .contains("1 thread was still live when the last test had ended:")
                .contains("1 thread named \"left platform\": platform, waiting on java.util.concurrent.Semaphore")
                .contains("started while only org.leaklab.junit.suite.Leaves$PlatformThread.leaves() was under way")
                .contains("was still live; that it can never be woken is not proven")
                .containsPattern("in org\\.leaklab\\.junit\\.suite\\.Leaves\\.waitsForNobody\\(Leaves\\.java:\\d+\\)");
        SuiteRun cured = SuiteRun.of(FAIL, Leaves.PlatformThreadCured.class);
        assertThat(cured.passes()).as(cured.failure()).isTrue();
        assertThat(cured.events).contains("+leaklab", "-leaklab").doesNotContain("+no test left a thread behind");
    }

    @Test
    void aPlainVirtualThreadFailsTheSuiteAndItsCureDoesNot() {
        assertThat(SuiteRun.of(FAIL, Leaves.VirtualThread.class).failure())
                .contains("1 thread named \"left virtual\": virtual, waiting on java.util.concurrent.Semaphore")
                .contains("Leaves$VirtualThread.leaves()")
                .contains("whether virtual threads can be woken was not looked at: a probe needs leaklab.attach=true");
        SuiteRun cured = SuiteRun.of(FAIL, Leaves.VirtualThreadCured.class);
        assertThat(cured.passes()).as(cured.failure()).isTrue();
    }

    @Test
    void aThreadOfALauncherIsThatOfTheTestThatStartedIt() {
        assertThat(SuiteRun.of(FAIL, Leaves.ThreadOfLauncher.class, Leaves.VirtualThreadCured.class)
                        .failure())
                .contains("1 thread named \"left launched\"")
                .contains("started by org.leaklab.junit.suite.Leaves$ThreadOfLauncher.leaves()");
    }

    @Test
    void aThreadThatAClassStartsBeforeItsTestsIsThatOfTheClass() {
        assertThat(SuiteRun.of(FAIL, Leaves.BeforeItsTests.class).failure())
                .contains("started while only org.leaklab.junit.suite.Leaves$BeforeItsTests was under way");
    }

    @Test
    void aClassWhoseTestsNeverBeginIsLookedAt() {
        assertThat(SuiteRun.of(FAIL, Leaves.AssumesInVain.class).failure())
                .contains("1 thread named \"left in vain\"")
                .contains("started while only org.leaklab.junit.suite.Leaves$AssumesInVain was under way");
    }

    @Test
    void aRunWithoutTestsIsSilent() {
        SuiteRun run = SuiteRun.of(FAIL);
        assertThat(run.passes()).as(run.failure()).isTrue();
        assertThat(run.events).contains("+leaklab", "-leaklab").doesNotContain("+no test left a thread behind");
    }

    @Test
    void aThreadThatAListenerStartsBeforeTheFirstEngineIsNoTests() {
        TestExecutionListener starts = new TestExecutionListener() {
            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                Leaves.waiting("started by a listener");
            }
        };
        LauncherConfig config =
                LauncherConfig.builder().addTestExecutionListeners(starts).build();
        SuiteRun run = SuiteRun.of(LauncherFactory.create(config), FAIL, Leaves.PlatformThreadCured.class);
        assertThat(run.passes()).as(run.failure()).isTrue();
    }

    @Test
    void aThreadThatAPoolStartsIsOfTheTestUnderWay() throws IOException {
        Path file = folder.resolve("left.json");
        assertThat(SuiteRun.of(and(WITHOUT_POOL, SuiteSettings.REPORT, file), Pools.InTurn.class)
                        .failure())
                .contains("1 thread was still live")
                .contains("started by a thread of org.leaklab.junit.suite.Pools$InTurn.first(), while only"
                        + " org.leaklab.junit.suite.Pools$InTurn.second() was under way");
        assertThat(Files.readString(file))
                .contains("\"startedBy\" : [ \"org.leaklab.junit.suite.Pools$InTurn.second()\" ]")
                .contains("\"byThreadOf\" : \"org.leaklab.junit.suite.Pools$InTurn.first()\"");
    }

    @Test
    void aThreadThatAPoolOfTheClassStartsIsNotTheClassesForCertain() {
        assertThat(SuiteRun.of(WITHOUT_POOL, Pools.MadeBefore.class).failure())
                .contains("1 thread was still live")
                .contains("started by a thread of org.leaklab.junit.suite.Pools$MadeBefore, while only"
                        + " org.leaklab.junit.suite.Pools$MadeBefore.leaves() was under way");
    }

    @Test
    void inParallelAThreadThatAPoolStartsIsNotForCertainOfTheTestThatMadeThePool() {
        Map<String, String> settings = new HashMap<>(WITHOUT_POOL);
        settings.putAll(Leaves.Parallel.SETTINGS);
        assertThat(SuiteRun.of(settings, Pools.InParallel.class).failure())
                .contains("1 thread was still live")
                .containsPattern("started by a thread of [^\\n]*InParallel\\.makes\\(\\), while"
                        + " (?=.*InParallel\\.makes\\(\\))(?=.*InParallel\\.leaves\\(\\)).* were under way");
    }

    @Test
    void itsTestIsToldLastWhateverTheOrderOfEngines() {
        for (List<TestEngine> engines : List.<List<TestEngine>>of(
                List.of(new SuiteEngine(), new JupiterTestEngine()),
                List.of(new JupiterTestEngine(), new SuiteEngine()))) {
            LauncherConfig config = LauncherConfig.builder()
                    .enableTestEngineAutoRegistration(false)
                    .addTestEngines(engines.toArray(TestEngine[]::new))
                    .build();
            SuiteRun run = SuiteRun.of(LauncherFactory.create(config), FAIL, Leaves.VirtualThread.class);
            assertThat(run.events)
                    .containsExactly(
                            "+JUnit Jupiter",
                            "+Leaves$VirtualThread",
                            "+leaves()",
                            "-leaves()",
                            "-Leaves$VirtualThread",
                            "-JUnit Jupiter",
                            "+leaklab",
                            "+ThreadsLeftBehind",
                            "+no test left a thread behind",
                            "-no test left a thread behind",
                            "-ThreadsLeftBehind",
                            "-leaklab",
                            "end");
            assertThat(run.passes()).isFalse();
        }
    }

    @Test
    void aThreadIsToldOnce() {
        SuiteRun.of(FAIL, Leaves.PlatformThread.class);
        SuiteRun again = SuiteRun.again(LauncherFactory.create(), FAIL, Leaves.PlatformThreadCured.class);
        assertThat(again.passes()).as(again.failure()).isTrue();
    }

    @Test
    void withoutTheSwitchNothingIsLookedAt() {
        SuiteRun run = SuiteRun.of(Map.of(), Leaves.PlatformThread.class);
        assertThat(run.passes()).as(run.failure()).isTrue();
        assertThat(run.events).doesNotContain("+no test left a thread behind");
        assertThat(run.entries).isEmpty();
    }

    @Test
    void inParallelItIsOneOfTheTestsThatWereUnderWay() {
        assertThat(SuiteRun.of(and(Leaves.Parallel.SETTINGS, SuiteSettings.VERIFY, "fail"), Leaves.Parallel.class)
                        .failure())
                .contains("2 threads were still live")
                .containsPattern(
                        "started while (?=.*Parallel\\.first\\(\\))(?=.*Parallel\\.second\\(\\)).* were under way");
    }

    @Test
    void aRunThatATestStartsIsNoSuite() {
        Leaves.RunsOthers.INNER.clear();
        assertThat(SuiteRun.of(FAIL, Leaves.RunsOthers.class).failure())
                .contains("1 thread was still live when the last test had ended:")
                .contains("Leaves$RunsOthers.runs()");
        assertThat(Leaves.RunsOthers.INNER).singleElement().satisfies(inner -> {
            assertThat(inner.passes()).as(inner.failure()).isTrue();
            assertThat(inner.events).contains("+leaves()").doesNotContain("+no test left a thread behind");
        });
    }

    /** Runs suites in a JVM that does not show its virtual threads, and prints why they fail. */
    static final class Blind {
        private Blind() {}

        public static void main(String[] arguments) {
            System.out.println("platform: "
                    + SuiteRun.of(FAIL, Leaves.PlatformThreadCured.class).failure());
            System.out.println("cured, not attached: "
                    + SuiteRun.of(FAIL, Leaves.VirtualThreadCured.class).failure());
            Map<String, String> attach = and(FAIL, SuiteSettings.ATTACH, "true");
            System.out.println("cured: "
                    + SuiteRun.of(attach, Leaves.VirtualThreadCured.class).failure());
            System.out.println("leaky: "
                    + SuiteRun.of(attach, Leaves.UnheldVirtualThread.class).failure());
            System.out.println("probed: "
                    + SuiteRun.of(attach, Leaves.EndsDuringAProbe.class).failure());
            attach.putAll(Leaves.Parallel.SETTINGS);
            System.out.println(
                    "parallel: " + SuiteRun.of(attach, Leaves.Parallel.class).failure());
        }
    }

    @Test
    void whatTheJvmDoesNotShowIsOpenedByTheAgentOrFailsTheSuite() throws Exception {
        assertThat(OtherJvm.run(List.of("-XX:+EnableDynamicAgentLoading"), Blind.class))
                .contains("platform: \n")
                .contains(
                        "cured, not attached: virtual threads have run that this check cannot see: leaklab.attach=false")
                .contains("<argLine>--add-opens java.base/jdk.internal.vm=ALL-UNNAMED</argLine>")
                .contains("jvmArgs(\"--add-opens=java.base/jdk.internal.vm=ALL-UNNAMED\")")
                .contains("\ncured: \n")
                .containsPattern(
                        "(?s)leaky: 1 thread was .*\"left unheld\".*Leaves\\$UnheldVirtualThread\\.leaves\\(\\)\\s+"
                                + "can never be woken: nothing alive can reach what it waits on")
                .containsPattern("(?s)probed: 1 thread was .*\"left unheld\"")
                .doesNotContain("ends during a probe")
                .containsPattern("(?s)parallel: .*\"of first\"[^\\n]*\\n *started by [^\\n]*Parallel\\.first\\(\\)\\n")
                .containsPattern(
                        "(?s)parallel: .*\"of second\"[^\\n]*\\n *started by [^\\n]*Parallel\\.second\\(\\)\\n");
    }
}
