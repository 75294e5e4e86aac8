package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

class LiveProbeTest {

    private static final String CERTAIN = "certain";
    private static final String INTERRUPTIBLE = "unless-interrupted";

    /** Starts a program, with what it plants. */
    private static ChildJvm target(List<String> options, String... plants) throws IOException {
        List<String> all = new ArrayList<>(JdkSets.OPTIONS);
        all.add("-Xmx128m");
        all.add("-XX:+EnableDynamicAgentLoading");
        all.addAll(options);
        return ChildJvm.start(all, LiveTarget.class, plants);
    }

    private static LiveReport probe(ChildJvm target) throws IOException {
        return LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
    }

    private static Map<String, String> verdicts(LiveReport report) {
        assertThat(report.cleared()).isEmpty();
        Map<String, String> verdicts = new TreeMap<>();
        report.leaked()
                .forEach(each -> assertThat(
                                verdicts.put(each.name(), report.verdict(each).toString()))
                        .isNull());
        return verdicts;
    }

    private static Map<String, String> leakedOfRoot() {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            expected.put("leaked-" + i, CERTAIN);
        }
        return expected;
    }

    /** Waits until the threads of the program stand, and those of the last probe are gone. */
    private static String sets(ChildJvm target) throws IOException {
        Eventually.until(() -> {
            try {
                return target.ask("threads").equals("[]") && target.ask("sets").equals(target.ask("sets"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return target.ask("sets");
    }

    private static void until(ChildJvm target, String question, String answer) {
        String[] last = new String[1];
        try {
            Eventually.until(() -> {
                try {
                    last[0] = target.ask(question);
                    return last[0].equals(answer);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError(question + " is answered " + last[0] + ", not " + answer, e);
        }
    }

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

    /** A process that probes, to be killed. */
    static final class Attacher {

        private Attacher() {}

        public static void main(String[] arguments) throws IOException {
            LiveProbe.attach(Long.parseLong(arguments[0]), null).probe(ProbeOptions.DEFAULT);
        }
    }

    @Test
    void whoAttachesMayBeKilledAtAnyTime() throws Exception {
        killed(6);
    }

    /** {@code LiveProbeTest KILLS}. */
    public static void main(String[] arguments) throws Exception {
        killed(Integer.parseInt(arguments[0]));
    }

    private static void killed(int kills) throws Exception {
        int late = 0;
        try (ChildJvm target = target(List.of(), "root", "executor", "own executor")) {
            String before = sets(target);
            probe(target); // opens the attach socket: a first attach that is killed would leave a file behind
            for (int i = 0; i < kills; i++) {
                Process attacher = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Attacher.class.getName(),
                                Long.toString(target.pid()))
                        .start();
                late += attacher.waitFor(100 + 800L * i / kills, TimeUnit.MILLISECONDS) ? 1 : 0;
                attacher.destroyForcibly().waitFor();
                assertThat(sets(target)).isEqualTo(before);
            }
            assertThat(probe(target).leaked()).hasSize(24);
        }
        System.out.println("killed " + (kills - late) + " times, " + late + " times too late");
    }

    /** Whatever a probe in a full heap comes to: all threads are there. */
    @Test
    void aFullHeapLosesNothing() throws IOException {
        try (ChildJvm target = target(List.of("-Xmx40m", "-XX:+UseSerialGC"), "root", "executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            probe.probe(ProbeOptions.DEFAULT);
            target.ask("fill");
            try {
                probe.probe(ProbeOptions.DEFAULT.withTimeout(Duration.ofSeconds(15)));
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
            target.ask("empty");
            assertThat(sets(target)).isEqualTo(before);
            assertThat(probe.probe(ProbeOptions.DEFAULT).leaked()).hasSize(22);
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

    /** One collection alone reports it: this test could fail. */
    @Test
    void whatAFinalizerSavesIsNotLeaked() throws IOException {
        try (ChildJvm target = target(List.of(), "finalizer", "root")) {
            sets(target);
            assertThat(verdicts(probe(target))).isEqualTo(leakedOfRoot());
            until(target, "finalized", "1");
        }
        try (ChildJvm target = target(List.of(), "finalizer")) {
            sets(target);
            LiveReport report = LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT.onlyFast());
            assertThat(verdicts(report)).isEqualTo(Map.of("saved", INTERRUPTIBLE));
        }
    }

    /** That something alive held a reference is seen when it is cleared; to what, nothing tells. */
    @Test
    void nothingIsProvenWhereAWeakReferenceIsCleared() throws IOException {
        try (ChildJvm target = target(List.of(), "weak", "root")) {
            sets(target);
            LiveReport report = probe(target);
            assertThat(report.cleared()).isEqualTo(Map.of("java.util.WeakHashMap$Entry", 1L));
            assertThat(report.leaked()).hasSize(21).noneMatch(report::isProven);
            Findings findings = report.findings();
            assertThat(findings.leaked()).isEmpty();
            assertThat(findings.suspects()).hasSize(21).allSatisfy(suspect -> {
                assertThat(suspect.reason()).isEqualTo(Findings.Reason.ISLAND);
                assertThat(suspect.because()).contains("1 weak or soft reference that");
            });

            // the reference is gone for good, so nobody may say so with more right
            LiveReport later = probe(target);
            assertThat(later.cleared()).isEmpty();
            assertThat(later.leaked()).hasSize(21).noneMatch(later::isProven);
            assertThat(later.findings().leaked()).isEmpty();
        }
    }

    @Test
    void moreProbesLeaveNothingBehind() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "executor")) {
            String before = sets(target);
            int classPath = Integer.parseInt(target.ask("class path"));
            for (int i = 0; i < 5; i++) {
                assertThat(probe(target).leaked()).hasSize(22);
                assertThat(sets(target)).isEqualTo(before);
            }
            assertThat(Integer.parseInt(target.ask("class path"))).isEqualTo(classPath + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end after arming", "end after collection"})
    void theWatchdogPutsEverythingBack(String failure) throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root", "executor", "own executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, failure))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("watchdog");
            assertThat(sets(target)).isEqualTo(before);
            assertThat(probe.probe(ProbeOptions.DEFAULT).leaked()).hasSize(24);
        }
    }

    @Test
    void aProbeThatRunsOutOfMemoryPutsEverythingBack() throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root", "executor")) {
            String before = sets(target);
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, "no memory after arming"))
                    .hasMessageContaining("all threads are back");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    /** The threads are out of the executor's set for as long as its watchdog waits. */
    @Test
    void whoInterruptsAllThreadsOfAnExecutorMeanwhileReachesAll() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "executor")) {
            sets(target);
            CompletableFuture<?> failing = dying(target);
            until(target, "sets", "executor [leaklab-live-guard]; root []");
            target.ask("shut down now");
            assertThat(target.ask("terminated")).isEqualTo("false");
            failing.get();
            until(target, "interrupted", "[executor-0, executor-1, executor-2, executor-3]");
            until(target, "terminated", "true");
        }
    }

    @Test
    void anExecutorWhoseThreadsEndMeanwhileTerminates() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "executor")) {
            sets(target);
            CompletableFuture<?> failing = dying(target);
            until(target, "sets", "executor [leaklab-live-guard]; root []");
            target.ask("wake");
            target.ask("shut down");
            failing.get();
            assertThat(sets(target)).isEqualTo("executor [executor-0, executor-1]; root []");
            assertThat(target.ask("terminated")).isEqualTo("false");
            target.ask("shut down now");
            until(target, "terminated", "true");
        }
    }

    /** A probe that stops while all threads are out. */
    private static CompletableFuture<?> dying(ChildJvm target) {
        return CompletableFuture.runAsync(() -> {
            try {
                LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT, "end after arming");
            } catch (IOException e) {
                return; // the watchdog says so
            }
            throw new AssertionError("it did not fail");
        });
    }

    @Test
    void ofTwoProbesAtOnceOneIsRefused() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "root")) {
            String before = sets(target);
            CompletableFuture<?> first = dying(target);
            until(target, "sets", "executor []; root []");
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("another probe is at work");
            first.get();
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseZGC",
                "-XX:+DisableExplicitGC",
                "-XX:-EnableDynamicAgentLoading",
                "--finalization=disabled",
                "-Dleaklab.live=off",
                "-Djdk.trackAllThreads=false",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-esa"
            })
    void refusesWhatItCannotProbe(String option) throws IOException {
        try (ChildJvm target = target(List.of(option), "root")) {
            String before = sets(target);
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .message()
                    .contains(
                            option.startsWith("--")
                                    ? "finalization is disabled"
                                    : option.contains("ZGC") ? "ZGC" : option)
                    .doesNotContain("\n");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @Test
    void refusesAStuckFinalizer() throws IOException {
        try (ChildJvm target = target(List.of(), "root", "stuck finalizer")) {
            String before = sets(target);
            assertThatThrownBy(() -> probe(target))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("LiveTarget$Stuck.finalize");
            assertThat(sets(target)).isEqualTo(before);
        }
    }

    @Test
    void refusesAPauseThatIsTooLong() throws IOException {
        try (ChildJvm target = target(List.of(), "many")) {
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThat(probe.usedBytes()).isPositive();
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT.withMaxPause(Duration.ofNanos(-1))))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("expected to take");
            assertThatThrownBy(() -> probe.probe(
                            ProbeOptions.DEFAULT.withMaxPause(probe.pause().plusMillis(1))))
                    .isInstanceOf(ProbeRefusedException.class)
                    .hasMessageContaining("with 1500 virtual threads");
        }
    }
}
