package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code memory-table} and {@code overhead-table}: what they make of results, and what they refuse. */
@Tag("once")
class ResultTablesTest extends CommandTest {

    @TempDir
    Path folder;

    private String file(List<String> results) throws IOException {
        return Files.writeString(folder.resolve("result.json"), "[" + String.join(",", results) + "]")
                .toString();
    }

    private static String metric(String name, double value, double error, String unit) {
        return "\"%s\": {\"score\": %s, \"scoreError\": %s, \"scoreUnit\": \"%s\", \"rawData\": [[%s]]}"
                .formatted(name, value, error, unit, value);
    }

    private static String population(int fifths, double threads, double heap) {
        return """
                {"benchmark": "org.leaklab.bench.memory.RetainedMemory.Warm.stuck", "mode": "ss", "jdkVersion": "25.0.3",
                 "params": {"on": "channel", "threads": "virtual", "depth": "50", "payload": "0", "fifths": "%d"},
                 "primaryMetric": {"score": 1, "scoreUnit": "ms/op"},
                 "secondaryMetrics": {%s, %s, %s, %s, %s}}""".formatted(
                        fifths,
                        metric("population", threads, Double.NaN, "threads").replace("NaN", "\"NaN\""),
                        metric("heap", heap, 0, "B"),
                        metric("native.thread.committed", 5, 0, "B"),
                        metric("native.thread.reserved", 7, 0, "B"),
                        metric("rss", heap / 2, 0, "B"));
    }

    @Test
    void bytesAThreadAreTheSlopeOverPopulations() throws IOException {
        List<String> results = new ArrayList<>();
        for (int fifths = 1; fifths <= 5; fifths++) {
            results.add(population(fifths, fifths * 1_000, 5_000_000 + fifths * 1_000 * 1_040.0));
        }
        assertThat(execute("memory-table", file(results))).isZero();
        assertThat(out.toString())
                .contains("stuck on")
                .containsPattern(
                        "25\\.0\\.3 +Warm +channel +virtual +50 +0 +launcher +1,040 ± 0 +520 ± 0 +0 ± 0 +0 ± 0 +1\\.0000");
    }

    @Test
    void whatIsNoStraightLineGetsAStar() throws IOException {
        List<String> results = new ArrayList<>();
        for (int fifths = 1; fifths <= 5; fifths++) {
            results.add(population(fifths, fifths * 1_000, fifths * fifths * 1_000_000.0));
        }
        assertThat(execute("memory-table", "--markdown", file(results))).isZero();
        assertThat(out.toString()).contains("| Warm | channel | virtual |").contains(" * |");
    }

    private static String overhead(String operation, String detector, double... added) {
        return """
                {"benchmark": "org.leaklab.bench.overhead.DetectorOverhead.pairs", "mode": "ss", "jdkVersion": "27",
                 "params": {"operation": "%s", "threads": "virtual", "stuck": "0", "detector": "%s"},
                 "primaryMetric": {"score": 1.2, "scoreUnit": "s/op"},
                 "secondaryMetrics": {%s, %s}}""".formatted(
                        operation,
                        detector,
                        forks("added", added),
                        forks("operation", Arrays.stream(added).map(fork -> 400).toArray()));
    }

    private static String forks(String name, double... forks) {
        return "\"%s\": {\"score\": %s, \"scoreError\": \"NaN\", \"scoreUnit\": \"ns/op\", \"rawData\": %s}"
                .formatted(
                        name,
                        forks[0],
                        Arrays.stream(forks).mapToObj(fork -> "[" + fork + "]").toList());
    }

    @Test
    void whatADetectorAddsIsHeldAgainstItsBar() throws IOException {
        String file = file(List.of(
                overhead("fork-join", "count", 3, 4, 5),
                overhead("fork-join", "reachability", 10, 20, 30),
                overhead("select", "reachability", 39, 40, 41),
                overhead("hand-off", "none", 0, 0.5, 1)));
        assertThat(execute("overhead-table", file)).isZero();
        assertThat(out.toString().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .containsPattern(
                                        "fork-join +virtual +0 +count +400 +4.0 ± 2.5 ns +1.010 ± 0.006 +1.05 +reached$"),
                        line -> assertThat(line)
                                .containsPattern(
                                        "20.0 ± 24.8 ns +1.050 ± 0.062 +1.05 +open \\(12.7 % would have shown\\)$"),
                        line -> assertThat(line).containsPattern("1.100 ± 0.006 +control$"),
                        line -> assertThat(line).endsWith("1.001 ± 0.003"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-table", "overhead-table"})
    void resultsOfSomethingElseAreRefused(String command) throws IOException {
        assertThat(execute(command, file(List.of()))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(command + ": no file holds a result of")
                .hasLineCount(1);
        assertThat(execute(command, folder.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.json\" that can be read");
    }
}
