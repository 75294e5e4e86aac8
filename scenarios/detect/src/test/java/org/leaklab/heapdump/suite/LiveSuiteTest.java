package org.leaklab.heapdump.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.suite.Marks.Reported;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.live.LiveProbe;
import org.leaklab.live.LiveReport;
import org.leaklab.live.ProbeOptions;

/** What a probe without a dump says of the labelled threads, the virtual ones, on JDK 21 too. */
@Tag("once")
class LiveSuiteTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial", "Parallel"})
    void noLivingThreadIsReported(String collector) throws IOException {
        Path names = folder.resolve("names");
        LiveReport report = report(collector, names, "virtual", "no");
        Marks marks = marks(report, names);

        assertThat(report.cleared()).isEmpty();
        assertThat(marks.errors()).noneMatch(error -> error.startsWith("false positive"));
        assertThat(marks.errors()).noneMatch(error -> error.endsWith("reported as certain"));
        assertThat(marks.truePositives()).as(String.join("\n", marks.errors())).isGreaterThan(500);
        assertThat(report.rounds()).allMatch(round -> round.late() == 0);
    }

    /** A weak reference that the collection clears could have led to any thread. */
    @Test
    void nothingIsProvenWhereWeakReferencesAreCleared() throws IOException {
        LiveReport report = report("G1", folder.resolve("names"), "virtual", "yes");
        assertThat(report.cleared()).containsKeys("java.lang.ref.WeakReference", "java.util.WeakHashMap$Entry");
        assertThat(report.findings().leaked()).isEmpty();
        assertThat(report.findings().suspects()).hasSizeGreaterThan(500);
    }

    private static LiveReport report(String collector, Path names, String kinds, String weak) throws IOException {
        List<String> arguments = List.of(
                "-Dsuite.weak=" + weak,
                "-XX:+Use" + collector + "GC",
                "-XX:+EnableDynamicAgentLoading",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Suite.class.getName(),
                "-",
                names.toString(),
                kinds);
        try (ChildJvm suite = ChildJvm.start(arguments)) {
            return LiveProbe.attach(suite.pid(), null).probe(ProbeOptions.DEFAULT);
        }
    }

    private static Marks marks(LiveReport report, Path names) throws IOException {
        return Marks.of(
                Files.readAllLines(names).stream()
                        .filter(name -> name.contains("/virtual/") && !isWokenByHandle(name))
                        .toList(),
                report.leaked().stream()
                        .filter(each -> !isWokenByHandle(each.name()))
                        .map(each ->
                                new Reported(each.name(), report.verdict(each).toString()))
                        .toList());
    }

    /**
     * Whether a thread waits for an unpark alone. In a dump it counts as alive while what it names as its blocker is,
     * for somebody may keep threads by that. A probe sees that nobody keeps this one.
     */
    private static boolean isWokenByHandle(String name) {
        return name.contains("/LockSupport.park, ");
    }

    /** {@code LiveSuiteTest COLLECTOR platform|virtual|both WEAK} prints a line of marks, the rounds and the errors. */
    public static void main(String[] arguments) throws IOException {
        Path names = Files.createTempFile("names", ".txt");
        LiveReport report = report(arguments[0], names, arguments[1], arguments[2]);
        Marks marks = marks(report, names);
        System.out.println(Marks.HEAD);
        System.out.println(marks.line());
        for (LiveReport.Round round : report.rounds()) {
            System.out.printf(
                    Locale.ROOT,
                    "armed %d found %d late %d: arming %d ms, collection %d ms, restoring %d ms, finalizers %d ms%n",
                    round.armed(),
                    round.found(),
                    round.late(),
                    round.arming().toMillis(),
                    round.collection().toMillis(),
                    round.restoring().toMillis(),
                    round.finalizers().toMillis());
        }
        System.out.println(report.reasons());
        System.out.println("cleared " + report.cleared());
        marks.errors().forEach(System.out::println);
        Files.delete(names);
    }
}
