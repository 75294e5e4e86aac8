package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** Programs to be probed, and what is asked of them. */
final class LiveTargets {

    static final String CERTAIN = "certain";
    static final String INTERRUPTIBLE = "unless-interrupted";

    private LiveTargets() {}

    /** Options with which a JVM cannot be probed. */
    static List<String> refused() {
        return List.of(
                "-XX:+UseZGC",
                "-XX:+DisableExplicitGC",
                "-XX:-EnableDynamicAgentLoading",
                "--finalization=disabled",
                "-Dleaklab.live=off",
                "-Djdk.trackAllThreads=false",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-esa");
    }

    /** Starts a program, with what it plants. */
    static ChildJvm target(List<String> options, String... plants) throws IOException {
        List<String> all = new ArrayList<>(JdkSets.OPTIONS);
        all.add("-Xmx128m");
        all.add("-XX:+EnableDynamicAgentLoading");
        all.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr")); // on standard output are the answers
        all.addAll(options);
        return ChildJvm.start(all, LiveTarget.class, plants);
    }

    static LiveReport probe(ChildJvm target) throws IOException {
        return LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT);
    }

    static Map<String, String> verdicts(LiveReport report) {
        assertThat(report.cleared()).isEmpty();
        Map<String, String> verdicts = new TreeMap<>();
        report.leaked()
                .forEach(each -> assertThat(
                                verdicts.put(each.name(), report.verdict(each).toString()))
                        .isNull());
        return verdicts;
    }

    static Map<String, String> leakedOfRoot() {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            expected.put("leaked-" + i, CERTAIN);
        }
        return expected;
    }

    /** Waits until the threads of the program stand, and those of the last probe are gone. */
    static String sets(ChildJvm target) throws IOException {
        Eventually.until(() -> {
            try {
                return target.ask("threads").equals("[]") && target.ask("sets").equals(target.ask("sets"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return target.ask("sets");
    }

    static void until(ChildJvm target, String question, String answer) {
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

    /** A probe that stops while all threads are out. */
    static CompletableFuture<?> dying(ChildJvm target) {
        return CompletableFuture.runAsync(() -> {
            try {
                LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT, "end after arming");
            } catch (IOException e) {
                return; // the watchdog says so
            }
            throw new AssertionError("it did not fail");
        });
    }
}
