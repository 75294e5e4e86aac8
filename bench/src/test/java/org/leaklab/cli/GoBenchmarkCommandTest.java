package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.bench.run.Environment;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;
import org.leaklab.results.go.GoBenchmarkFile;

/** {@code go-results} makes files of what Go printed that every other command takes, and refuses bad input. */
@Tag("once")
class GoBenchmarkCommandTest extends CommandTest {

    private static final int FORKS = 3;

    @TempDir
    Path folder;

    private static String printed(String name) {
        try {
            return Path.of(Objects.requireNonNull(GoBenchmarkFile.class.getResource(name))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path convert(String group) {
        String[] args = {
            "go-results", printed(group + "-1.txt"), printed(group + "-2.txt"), printed(group + "-3.txt"), "--out", ""
        };
        args[args.length - 1] = folder.toString();
        assertThat(execute(args)).as(err.toString()).isZero();
        return folder.resolve(group + ".json");
    }

    private void isRefused(String sentence, String... args) {
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString()).startsWith("go-results: ").contains(sentence).hasLineCount(1);
        assertThat(folder.resolve("core.json")).doesNotExist();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aProcessIsAForkAndARepetitionAnIteration() {
        List<JmhResult> results = ResultFile.read(convert("core"));
        assertThat(results)
                .extracting(JmhResult::benchmark)
                .containsExactly(
                        "org.leaklab.bench.core.RendezvousOneToOne.value", "org.leaklab.bench.core.MutexAlone.turn");
        JmhResult handOff = results.getFirst();
        assertThat(handOff.mode()).isEqualTo("avgt");
        assertThat(handOff.jdk()).isEqualTo("go1.27.3");
        assertThat(handOff.params().toString()).isEqualTo("{carriers=default, implementation=go, threads=virtual}");
        assertThat(handOff.primary().unit()).isEqualTo("ns/op");
        assertThat(handOff.primary().forks())
                .hasSize(FORKS)
                .allSatisfy(fork -> assertThat(fork).hasSize(3));
        assertThat(handOff.primary().forks().getFirst()).containsExactly(565.4, 325.3, 356.5);
        assertThat(folder.toFile().list())
                .as("nothing partial is left")
                .containsExactlyInAnyOrder("core.json", "core.environment.json");
    }

    /** By hand for 1, 2, 3, 6: mean 3, standard deviation 2.16025, t for 99.9 % and 3 degrees of freedom 12.924. */
    @Test
    void theIntervalIsThatOfJmh() throws IOException {
        Path one = file("1.txt", "pkg: a/core\nfork: 1\nBenchmarkA 5 1 ns/op\nBenchmarkA 5 2 ns/op\n");
        Path two = file("2.txt", "pkg: a/core\nfork: 2\nBenchmarkA 5 3 ns/op\nBenchmarkA 5 6 ns/op\n");
        assertThat(execute("go-results", one.toString(), two.toString(), "-o", folder.toString()))
                .isZero();
        JmhResult.Metric metric =
                ResultFile.read(folder.resolve("core.json")).getFirst().primary();
        assertThat(metric.score()).isEqualTo(3);
        assertThat(metric.error()).isCloseTo(12.924 * 2.16025 / 2, within(0.001));
        assertThat(metric.forkMeans()).containsExactly(1.5, 4.5);
    }

    @Test
    void twoValuesHaveNoInterval() throws IOException {
        Path one = file("1.txt", "BenchmarkA 5 1 ns/op\nBenchmarkA 5 2 ns/op\n");
        assertThat(execute("go-results", one.toString(), "-o", folder.toString()))
                .isZero();
        assertThat(ResultFile.read(folder.resolve("go.json"))
                        .getFirst()
                        .primary()
                        .error())
                .isNaN();
    }

    @Test
    void theEnvironmentIsOneThatBenchReads() {
        convert("memory");
        Environment there = Environment.read(folder.resolve("memory.environment.json"));
        assertThat(there.jdk()).isEqualTo("go1.27.3");
        assertThat(there.group()).isEqualTo("memory");
        assertThat(there.cpu()).isEqualTo("AMD EPYC");
        assertThat(there.processors()).isEqualTo(2);
        assertThat(there.memoryBytes()).isEqualTo(25276063744L);
        assertThat(there.parts().getFirst().forks()).isEqualTo(FORKS);
        assertThat(there.rows()).isEqualTo(5);
    }

    @Test
    void bytesAGoroutineAreASlope() {
        assertThat(execute("memory-table", convert("memory").toString())).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "go1\\.27\\.3 +Warm +channel +virtual +0 +0 +launcher +2,762 ± 2 +2,868 ± 18 +- +- +1\\.0000");
    }

    /** A result of leaklab's on the JVM, of the same shape. */
    private Path ofTheJvm() throws IOException {
        return file("jvm.json", """
                [{"benchmark": "org.leaklab.bench.core.RendezvousOneToOne.value", "mode": "avgt", "jdkVersion": "25.0.3",
                  "params": {"carriers": "default", "implementation": "leaklab", "threads": "virtual"},
                  "primaryMetric": {"score": 100, "scoreError": 10, "scoreUnit": "ns/op",
                                    "rawData": [[100], [101], [99]]}}]""");
    }

    @Test
    void goIsOneMoreColumnOfTheCore() throws IOException {
        assertThat(execute("core-table", ofTheJvm().toString(), convert("core").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("| Threads | Carriers | leaklab | go |")
                .containsPattern("\\| virtual \\| default \\| 100 ± 10 \\| 3\\d\\d ± 1\\d\\d \\(3\\.\\d\\dx, ")
                .doesNotContain("MutexAlone")
                .contains("leaklab is ahead in 0, behind in 0, and in 0 the intervals cannot tell");
    }

    @Test
    void goIsOneMoreColumnOfAComparison() throws IOException {
        String[] args = {"compare", ofTheJvm().toString(), convert("core").toString(), "--col", "implementation"};
        out.getBuffer().setLength(0);
        assertThat(execute(args)).isZero();
        assertThat(out.toString())
                .contains("go       Go 1.27.3, ")
                .containsPattern("rendezvous one to one .* 100 ns +3\\d\\d\\.\\d ns +0\\.\\d\\dx +separated +n=3");
    }

    @Test
    void aReportSaysWhatAGoroutineKeepsAndWhoIsAhead() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(execute(
                        "report",
                        ofTheJvm().toString(),
                        convert("core").toString(),
                        convert("memory").toString(),
                        "-o",
                        page.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(page))
                .contains("measured on JDK 25 and Go 1.27")
                .contains("A stuck goroutine keeps 2,762 ± 2 B (channel, Go 1.27) of heap")
                .contains("Beside the same shapes in Go 1.27, it is ahead in 1, behind in 0 and too close to tell in 0")
                .doesNotContain("JDK Go", "JDK go");
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws IOException {
        Path one = file("1.txt", "pkg: a/core\nkernel: 1\nfork: 1\nBenchmarkA 5 1 ns/op\n");
        Path other = file("2.txt", "pkg: a/core\nkernel: 2\nfork: 2\nBenchmarkA 5 1 ns/op\n");
        isRefused(
                "has results of core with kernel \"2\", and \"" + one + "\" with \"1\": they cannot stand in one file",
                "go-results",
                one.toString(),
                other.toString(),
                "-o",
                folder.toString());
    }

    /** What {@code compare --format go} writes of two files is compared by its columns, and fits in no one file. */
    @Test
    void columnsOfOneFileAreCompared() throws IOException {
        Path both = file("both.txt", """
                column: before.json
                pkg: a/core
                BenchmarkA/n=1-4 5 100 ns/op
                column: after.json
                BenchmarkA/n=1-4 5 200 ns/op
                """);
        assertThat(execute("compare", both.toString(), "--col", "column")).isZero();
        assertThat(out.toString())
                .containsPattern("core.A n=1 +100 ns +200 ns +0.50x")
                .containsPattern("before.json +after.json +speed");
        isRefused("core.json would be written twice", "go-results", both.toString(), "-o", "" + folder);
    }

    @Test
    void theSameForkTwiceIsRefused() throws IOException {
        Path one = file("1.txt", "pkg: a/core\nfork: 1\nBenchmarkA 5 1 ns/op\n");
        Path other = file("2.txt", "pkg: a/core\nfork: 1\nBenchmarkA 5 1 ns/op\n");
        isRefused("both hold fork 1 of a.core.A {}", "go-results", one.toString(), other.toString(), "-o", "" + folder);
        err.getBuffer().setLength(0);
        isRefused("1.txt\" is named twice", "go-results", one.toString(), one.toString(), "-o", "" + folder);
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        isRefused("there is no file \"missing.txt\" that can be read", "go-results", "missing.txt", "-o", "" + folder);
        err.getBuffer().setLength(0);
        Path failed = file("failed.txt", "pkg: a/core\nBenchmarkA 5 1 ns/op\n--- FAIL: BenchmarkB\n");
        isRefused("line 3: tells of a failure", "go-results", failed.toString(), "-o", "" + folder);
        err.getBuffer().setLength(0);
        isRefused("Missing required option: '--out=DIR'", "go-results", failed.toString());
        err.getBuffer().setLength(0);
        isRefused("--out is a folder, not the file", "go-results", failed.toString(), "-o", failed.toString());
    }
}
