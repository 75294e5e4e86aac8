package org.leaklab.results.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code go test -bench} printed is read as Go's specification says. */
@Tag("once")
class GoBenchmarkFileTest {

    @TempDir
    Path folder;

    private List<GoBenchmark> read(String text) throws IOException {
        return GoBenchmarkFile.read(Files.writeString(folder.resolve("bench.txt"), text));
    }

    /** A file that Go printed. */
    static Path printed(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(GoBenchmarkFileTest.class.getResource(name))
                .toURI());
    }

    @Test
    void readsWhatGoPrintsOfItsOwnLibrary() throws URISyntaxException {
        List<GoBenchmark> all = GoBenchmarkFile.read(printed("sha256-verbose.txt"));
        assertThat(all).hasSize(12);
        GoBenchmark first = all.getFirst();
        assertThat(first.settings())
                .containsExactly(
                        entry("goos", "linux"),
                        entry("goarch", "amd64"),
                        entry("pkg", "crypto/sha256"),
                        entry("cpu", "AMD EPYC"));
        assertThat(first.name()).isEqualTo("BenchmarkHash8Bytes/New-2");
        assertThat(first.iterations()).isEqualTo(114872);
        assertThat(first.values())
                .containsExactly(
                        entry("ns/op", 118.0), entry("MB/s", 67.83), entry("B/op", 0.0), entry("allocs/op", 0.0));
        assertThat(first.benchmark()).isEqualTo("crypto.sha256.Hash8Bytes.New");
        assertThat(first.group()).isEqualTo("sha256");
        assertThat(first.params()).isEmpty();
    }

    @Test
    void namesBecomeThoseOfTheTwinInJava() throws URISyntaxException {
        GoBenchmark line = GoBenchmarkFile.read(printed("memory-1.txt")).getFirst();
        assertThat(line.benchmark()).isEqualTo("org.leaklab.bench.memory.RetainedMemory.Warm.stuck");
        assertThat(line.params())
                .containsExactly(
                        entry("depth", "0"),
                        entry("fifths", "1"),
                        entry("on", "channel"),
                        entry("payload", "0"),
                        entry("threads", "virtual"));
        assertThat(line.primaryUnit()).isEqualTo("ms/op");
    }

    @Test
    void aSettingHoldsUntilItIsSetAgainOrTakenBack() throws IOException {
        List<GoBenchmark> all = read("""
                commit: 1
                BenchmarkA 1 2 ns/op
                commit: \t 2 and more: all of it
                BenchmarkA 1 2 ns/op
                commit:
                BenchmarkA 1 2 ns/op
                """);
        assertThat(all.stream().map(line -> line.setting("commit", "none")))
                .containsExactly("1", "2 and more: all of it", "none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Commit: 1",
                "my commit: 1",
                "commit:1",
                "coMmit: 1",
                "PASS",
                "ok  \torg.leaklab/bench\t1.2s",
                "# commit: 1",
                "Benchmarking is fun: 3",
                "Unit ns/op better=lower",
                "BenchmarkNameAlone",
                "",
            })
    void otherLinesArePassedOver(String line) throws IOException {
        List<GoBenchmark> all = read(line + "\nBenchmarkA-2 1 2 ns/op\n");
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().settings()).isEmpty();
    }

    @Test
    void onlyTheProcessorsAreTakenFromTheName() throws IOException {
        List<GoBenchmark> all = read("""
                BenchmarkA/stuck=100000-virtual-2 1 2 ns/op
                BenchmarkA/stuck=100 1 2 ns/op
                Benchmark 1 2 ns/op
                """);
        assertThat(all.stream().map(line -> line.benchmark() + line.params()))
                .containsExactly("A{stuck=100000-virtual}", "A{stuck=100}", "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PASS | holds no result of go test -bench",
                "BenchmarkA 1 2 | line 1: is no result, which is a name, a number of iterations",
                "BenchmarkA 1 2 ns/op 3 | line 1: is no result",
                "BenchmarkA some words here | line 1: has no number of iterations, but \"some\": BenchmarkA some words here",
                "BenchmarkA 0 2 ns/op | line 1: has no number of iterations, but \"0\"",
                "BenchmarkA 1 fast ns/op | line 1: has a value that is no number, \"fast\"",
                "BenchmarkA 1 NaN ns/op | line 1: has a value that is no number, \"NaN\"",
                "BenchmarkA 1 1e999 ns/op | line 1: has a value that is no number, \"1e999\"",
                "BenchmarkA 1 2 ns/op 3 ns/op | line 1: has two values in ns/op",
                "--- FAIL: BenchmarkA | line 1: tells of a failure: --- FAIL: BenchmarkA",
                "FAIL | line 1: tells of a failure: FAIL",
                "panic: oh | line 1: tells of a failure: panic: oh",
            })
    void whatIsNotWholeIsRefusedInASentence(String text, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text + "\n"))
                .withMessageContaining("bench.txt\"")
                .withMessageContaining(sentence);
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoBenchmarkFile.read(file))
                .withMessageContaining("is no text in UTF-8");
        Files.write(file, "BenchmarkÄ 1 2 µs/op".getBytes(StandardCharsets.UTF_8));
        assertThat(GoBenchmarkFile.read(file)).hasSize(1);
    }
}
