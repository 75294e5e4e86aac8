package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** Probes of programs that use leaklab's launchers. */
class LauncherProbeTest {

    private static final String CERTAIN = "certain";
    private static final String INTERRUPTIBLE = "unless-interrupted";
    private static final String[] PLANTS = {"launcher", "collectable", "own launcher", "root"};

    private static ChildJvm target(List<String> options, String... plants) throws IOException {
        List<String> all = new ArrayList<>(JdkSets.OPTIONS);
        all.addAll(List.of("-Xmx128m", "-XX:+EnableDynamicAgentLoading"));
        all.addAll(options);
        ChildJvm target = ChildJvm.start(all, LiveTarget.class, plants);
        until(target, "threads", "[]");
        return target;
    }

    private static void until(ChildJvm target, String question, String answer) {
        Eventually.until(() -> {
            try {
                return target.ask(question).equals(answer);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Map<String, String> verdicts(LiveReport report) {
        assertThat(report.cleared()).isEmpty();
        Map<String, String> verdicts = new TreeMap<>();
        report.leaked()
                .forEach(each -> verdicts.put(each.name(), report.verdict(each).toString()));
        return verdicts;
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "plain-leaked", INTERRUPTIBLE,
                "plain-leaked too", INTERRUPTIBLE,
                "collectable-leaked", INTERRUPTIBLE,
                "collectable-leaked too", INTERRUPTIBLE,
                "own", CERTAIN));
        for (int i = 0; i < 20; i++) {
            expected.put("leaked-" + i, CERTAIN);
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial", "Parallel"})
    void judgesThreadsOfLaunchersAndPutsThemBack(String collector) throws IOException {
        try (ChildJvm target = target(List.of("-XX:+Use" + collector + "GC"), PLANTS)) {
            String sets = target.ask("sets");
            String launchers = target.ask("launchers");
            assertThat(launchers)
                    .isEqualTo("[[collectable-leaked, collectable-leaked too, collectable-live]=3,"
                            + " [own]=1, [plain-leaked, plain-leaked too, plain-live]=3]");
            for (int i = 0; i < 2; i++) {
                LiveReport report = probe(target);
                assertThat(verdicts(report)).isEqualTo(expected());
                assertThat(report.sets().get("launcher").sets()).isEqualTo(3);
                assertThat(report.sets().get("launcher").armed()).isEqualTo(7);
                assertThat(report.sets().get("launcher").kept()).isEqualTo(2);
                assertThat(report.sets().get("launcher").found()).isEqualTo(5);
                assertThat(report.findings().groups())
                        .anySatisfy(group -> assertThat(group.heldBy())
                                .containsExactly(
                                        "something alive reaches its launcher, and can interrupt all its threads"));
                until(target, "threads", "[]");
                assertThat(target.ask("launchers")).isEqualTo(launchers);
                assertThat(target.ask("sets")).isEqualTo(sets);
            }
            target.ask("wake");
            until(
                    target,
                    "launchers",
                    "[[collectable-leaked, collectable-leaked too]=2, [own]=1,"
                            + " [plain-leaked, plain-leaked too]=2]");
        }
    }

    /** Of its threads too: the program itself probes. */
    @Test
    void findsThemFromInside() throws IOException {
        try (ChildJvm target = target(List.of(), PLANTS)) {
            String launchers = target.ask("launchers");
            assertThat(target.ask("inside"))
                    .startsWith("leaked [collectable-leaked, collectable-leaked too, leaked-0, ")
                    .contains(
                            ", own, plain-leaked, plain-leaked too], unless interrupted"
                                    + " [collectable-leaked, collectable-leaked too, plain-leaked, plain-leaked too],"
                                    + " suspects [], alive 42,",
                            "4 threads leaked unless interrupted: something alive reaches its launcher");
            assertThat(target.ask("launchers")).isEqualTo(launchers);
        }
    }

    @Test
    void interruptsTheCertainOnesAlone() throws IOException {
        try (ChildJvm target = target(List.of(), PLANTS)) {
            LiveReport report = LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT.reaping(1000));
            assertThat(report.reaped()).hasSize(21).doesNotContainValue(LiveReport.Reaped.IGNORED);
            assertThat(target.ask("launchers"))
                    .doesNotContain("own")
                    .contains("[collectable-leaked, collectable-leaked too, collectable-live]=3,"
                            + " [plain-leaked, plain-leaked too, plain-live]=3]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end after arming", "end after collection"})
    void theWatchdogPutsThemBack(String failure) throws IOException {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), PLANTS)) {
            String sets = target.ask("sets");
            String launchers = target.ask("launchers");
            LiveProbe probe = LiveProbe.attach(target.pid(), null);
            assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, failure)).hasMessageContaining("watchdog");
            until(target, "threads", "[]");
            assertThat(target.ask("launchers")).isEqualTo(launchers);
            assertThat(target.ask("sets")).isEqualTo(sets);
            assertThat(verdicts(probe.probe(ProbeOptions.DEFAULT))).isEqualTo(expected());
        }
    }

    /**
     * A class of that name without what a probe needs: nothing is called, and the program's other threads are judged.
     */
    @Test
    void launchersOfAnotherVersionAreNamed(@TempDir Path folder) throws IOException {
        Path launchers = folder.resolve("org/leaklab/core/live/Launchers.java");
        Files.createDirectories(launchers.getParent());
        Files.writeString(launchers, "package org.leaklab.core.live; public final class Launchers {}");
        Path program = folder.resolve("Program.java");
        Files.writeString(program, """
                public class Program {
                    public static void main(String[] arguments) throws Exception {
                        Class.forName("org.leaklab.core.live.Launchers");
                        Thread.ofVirtual().name("leaked").start(() -> {
                            try {
                                new java.util.concurrent.SynchronousQueue<String>().take();
                            } catch (InterruptedException e) {
                                return;
                            }
                        });
                        System.out.println("ready");
                        System.in.read();
                    }
                }
                """);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), launchers.toString(), program.toString());
        assertThat(compiled).isZero();
        try (ChildJvm target =
                ChildJvm.start(List.of("-XX:+EnableDynamicAgentLoading", "-cp", folder.toString(), "Program"))) {
            LiveReport[] report = new LiveReport[1];
            Eventually.until(() -> {
                report[0] = probe(target);
                return report[0].leaked().size() == 1; // once it waits
            });
            assertThat(verdicts(report[0])).isEqualTo(Map.of("leaked", CERTAIN));
            assertThat(report[0].unread()).isEqualTo(1);
            assertThat(report[0].findings().notes())
                    .anyMatch(note -> note.contains("the program has another version of leaklab"));
        }
    }

    private static LiveReport probe(ChildJvm target) {
        try {
            return LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A launcher that is shut down while all its threads are let go of waits for them. */
    @Test
    void aLauncherThatIsShutDownMeanwhileReachesAll() throws Exception {
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), "launcher", "collectable")) {
            CompletableFuture<?> failing = CompletableFuture.runAsync(() -> {
                try {
                    LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT, "end after arming");
                } catch (IOException e) {
                    return; // the watchdog says so
                }
                throw new AssertionError("it did not fail");
            });
            until(target, "sets", "executor []; executor []; root []");
            assertThat(target.ask("shut launchers down")).isEqualTo("0 left");
            failing.get();
            until(target, "launchers", "[[]=0, []=0]");
        }
    }
}
