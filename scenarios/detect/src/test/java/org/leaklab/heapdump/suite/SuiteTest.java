package org.leaklab.heapdump.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.suite.Marks.Reported;
import org.leaklab.heapdump.testing.ChildJvm;

/**
 * A part of the grid of {@code scripts/detect-grid}: this JDK, two collectors, and everything compiled on one of them.
 */
@Tag("once")
class SuiteTest {

    private static final int PATIENCE_SECONDS = 100;

    @TempDir
    Path folder;

    /** JDK 21 does not write the stacks of virtual threads into its dumps. */
    private static String kinds() {
        return Runtime.version().feature() < 22 ? "platform" : "both";
    }

    private List<String> dump(String collector, String mode) throws IOException, InterruptedException {
        Process suite = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+Use" + collector + "GC",
                        mode,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Suite.class.getName(),
                        dumpFile().toString(),
                        folder.resolve("names").toString(),
                        kinds(),
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            assertThat(suite.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("comes to its end in time")
                    .isTrue();
        } finally {
            suite.destroyForcibly().waitFor();
        }
        assertThat(suite.exitValue())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        return Files.readAllLines(folder.resolve("names"));
    }

    private Path dumpFile() {
        return folder.resolve("suite.hprof");
    }

    private List<Reported> answer() throws IOException {
        Analysis analysis = Analysis.ofFile().withClassPath(ChildJvm.classPath());
        return HeapDump.analyse(dumpFile(), analysis, HeapDump.Progress.NONE).leaked().stream()
                .map(thread -> new Reported(thread.name(), thread.verdict().toString()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G1", "Serial"})
    void saysOfEveryThreadWhatItsLabelSays(String collector) throws Exception {
        List<String> names = dump(collector, "-Xmixed");
        Marks marks = Marks.of(names, answer());

        assertThat(marks.errors()).isEmpty();
        assertThat(names).hasSizeGreaterThan(1000);
        assertThat(marks.truePositives()).isGreaterThan(300);
        assertThat(marks.trueNegatives()).isGreaterThan(300);
        assertThat(marks.truePositives() + marks.falseNegatives() + marks.trueNegatives())
                .isEqualTo(names.size());
    }

    /** The receiver of a compiled {@code synchronized} method is on no frame; all else is told. */
    @Test
    void saysSoOfCompiledCodeToo() throws Exception {
        Marks marks = Marks.of(dump("G1", "-Xcomp"), answer());

        assertThat(marks.errors()).allMatch(error -> error.contains("/synchronized method that waits, "));
        assertThat(marks.recall()).isGreaterThan(98);
    }

    /** Every way to be wrong is marked as such. */
    @Test
    void aFlippedLabelIsAnError() {
        List<String> names = List.of(
                "certain/platform/a/1", "certain/virtual/b/1", "unless-interrupted/virtual/c/1", "healthy/virtual/d/1");
        List<Reported> right = List.of(
                new Reported("certain/platform/a/1", "certain"),
                new Reported("certain/virtual/b/1", "certain"),
                new Reported("unless-interrupted/virtual/c/1", "unless-interrupted"));
        assertThat(Marks.of(names, right)).isEqualTo(new Marks(3, 0, 0, 1, 0, List.of()));

        for (int i = 0; i < names.size(); i++) {
            for (Label label : Label.values()) {
                String name = names.get(i);
                String flipped = label.word() + name.substring(name.indexOf('/'));
                List<String> wrong = new ArrayList<>(names);
                wrong.set(i, flipped);
                List<Reported> renamed = right.stream()
                        .map(one -> one.name().equals(name) ? new Reported(flipped, one.verdict()) : one)
                        .toList();
                assertThat(Marks.of(wrong, renamed).errors())
                        .as(name + " as " + flipped)
                        .hasSize(name.equals(flipped) ? 0 : 1);
            }
        }
    }

    /** Only that is let through. */
    @Test
    void whatIsHiddenIsAMonitorThatIsNotReported() {
        assertThat(Marks.isHiddenMonitor("false negative: certain/virtual/MonitorShapes.deadlock/1 is not reported"))
                .isTrue();
        assertThat(Marks.isHiddenMonitor("false negative: certain/virtual/Object.wait, nobody/1 is not reported"))
                .isTrue();
        assertThat(Marks.isHiddenMonitor("false positive: healthy/virtual/MonitorShapes.deadlock/1 is reported"))
                .isFalse();
        assertThat(Marks.isHiddenMonitor(
                        "false negative: certain/virtual/CountDownLatch.await, nobody/1 is not reported"))
                .isFalse();
    }

    @Test
    void aThreadThatIsNoneOfTheSuiteIsAFalsePositive() {
        Marks marks = Marks.of(List.of(), List.of(new Reported("Finalizer", "certain")));
        assertThat(marks.falsePositives()).isEqualTo(1);
        assertThat(marks.errors()).singleElement().asString().contains("Finalizer");
    }

    @Test
    void aThreadThatIsReportedTwiceIsAFalsePositive() {
        Reported once = new Reported("certain/platform/a/1", "certain");
        assertThat(Marks.of(List.of(once.name()), List.of(once, once)).falsePositives())
                .isEqualTo(1);
    }
}
