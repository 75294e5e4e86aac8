package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.live.LiveTargets.CERTAIN;
import static org.leaklab.live.LiveTargets.INTERRUPTIBLE;
import static org.leaklab.live.LiveTargets.leakedOfRoot;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;
import static org.leaklab.live.LiveTargets.verdicts;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.testing.ChildJvm;

/** What a probe finds, in which words, and how sure it is. */
class LiveFindsTest {

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial", "Parallel"})
    void findsWhatNobodyReachesAndLeavesEverythingAsItWas(String collector) throws IOException {
        try (ChildJvm target = target(List.of("-XX:+Use" + collector + "GC"), "monitor", "timed", "root", "handler")) {
            String before = sets(target);
            LiveReport report = probe(target);

            Map<String, String> expected = leakedOfRoot();
            expected.put("leaked-handler", CERTAIN);
            assertThat(verdicts(report)).isEqualTo(expected);
            assertThat(report.leaked()).allSatisfy(each -> {
                assertThat(each.blocker()).startsWith("java.util.concurrent.SynchronousQueue");
                assertThat(each.stack())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("take", "leak");
            });
            assertThat(report.sets().get("root").kept()).isEqualTo(40);
            assertThat(report.sets().get("root").found()).isEqualTo(21);
            assertThat(report.rounds())
                    .allSatisfy(round -> assertThat(round.late()).isZero());
            assertThat(report.reasons()).hasSize(1);
            assertThat(sets(target)).isEqualTo(before).contains("leaked-handler!Handler");

            target.ask("wake");
            until(target, "held", "0");
        }
    }

    @Test
    void saysItInTheWordsOfAHeapDump() throws IOException {
        try (ChildJvm target = target(List.of(), "monitor", "root", "executor")) {
            sets(target);
            Findings findings = probe(target).findings();
            assertThat(findings.leaked()).hasSize(22).allMatch(each -> each.cause() == Findings.Cause.UNREACHABLE);
            assertThat(findings.groups()).hasSizeBetween(2, 3).first().satisfies(group -> {
                assertThat(group.count()).isEqualTo(20);
                assertThat(group.verdict()).isEqualTo(Findings.Verdict.CERTAIN);
            });
            assertThat(findings.unknown())
                    .extracting(Findings.UnknownThread::name)
                    .containsExactly("monitor");
            assertThat(findings.virtual()).isEqualTo(65);
        }
    }

    @Test
    void aThreadOfALivingExecutorCanBeInterrupted() throws IOException {
        try (ChildJvm target = target(List.of(), "executor", "root")) {
            String before = sets(target);
            Map<String, String> expected = leakedOfRoot();
            expected.put("executor-0", INTERRUPTIBLE);
            expected.put("executor-1", INTERRUPTIBLE);
            assertThat(verdicts(probe(target))).isEqualTo(expected);
            assertThat(sets(target)).isEqualTo(before);

            target.ask("shut down now");
            until(target, "terminated", "true");
        }
    }

    @Test
    void aThreadOfALivingScopeCanBeInterrupted() throws IOException {
        try (ChildJvm target = target(List.of(), "scope", "leaked scope")) {
            String before = sets(target);
            assertThat(before).contains("scope [leaked-in-scope, leaked-in-scope-other]");
            LiveReport report = probe(target);
            assertThat(verdicts(report))
                    .isEqualTo(Map.of(
                            "leaked-in-scope", INTERRUPTIBLE,
                            "leaked-scope", CERTAIN,
                            "leaked-in-leaked", CERTAIN,
                            "leaked-in-leaked-other", CERTAIN));
            assertThat(report.sets().get("scope").armed()).isEqualTo(4);
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    /** The collection clears the JDK's weak reference to the executor. */
    @Test
    void anExecutorThatOnlyALeakedThreadReachesIsStillListed() throws IOException {
        try (ChildJvm target = target(List.of(), "own executor")) {
            String before = sets(target);
            assertThat(before).contains("executor [leaked-own-0]");
            assertThat(verdicts(probe(target))).isEqualTo(Map.of("leaked-owner", CERTAIN, "leaked-own-0", CERTAIN));
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @Test
    void whoCouldBeWokenByAThreadThatCanBeInterruptedIsNotCertain() throws IOException {
        try (ChildJvm target = target(List.of(), "chain", "root")) {
            sets(target);
            Map<String, String> expected = leakedOfRoot();
            expected.put("executor-0", INTERRUPTIBLE);
            expected.put("behind", INTERRUPTIBLE);
            assertThat(verdicts(probe(target))).isEqualTo(expected);
        }
    }

    /** The executor's thread is not certain, so nobody interrupts it. */
    @Test
    void interruptsAtMostSoManyOfWhatIsCertain() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor", "stubborn")) {
            sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            LiveReport some = probe.probe(ProbeOptions.DEFAULT.reaping(5));
            assertThat(some.reaped()).hasSize(5);
            assertThat(some.reaped().keySet())
                    .isSubsetOf(some.leaked().stream()
                            .filter(each -> !each.interruptible())
                            .map(LiveReport.Leaked::id)
                            .toList());
            LiveReport all = probe.probe(ProbeOptions.DEFAULT.reaping(1000));
            long left = some.reaped().values().stream()
                    .filter(LiveReport.Reaped.ENDED::equals)
                    .count();
            assertThat(all.leaked()).hasSize((int) (23 - left));
            assertThat(all.reaped()).hasSize((int) (21 - left)).containsValue(LiveReport.Reaped.IGNORED);
            assertThat(all.findings().notes()).anyMatch(note -> note.contains(", 0 went on, 1 ignored it: #"));
            LiveReport none = probe.probe(ProbeOptions.DEFAULT.reaping(1));
            assertThat(none.leaked())
                    .extracting(LiveReport.Leaked::name)
                    .hasSize(3)
                    .contains("stubborn");
            assertThat(target.ask("interrupted")).doesNotContain("executor-", "live-", "held-");
            target.ask("wake");
            until(target, "held", "0");
        }
    }
}
