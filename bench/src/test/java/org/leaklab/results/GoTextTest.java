package org.leaklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.results.go.GoBenchmarkFile;

/** What is written is Go's format by the words of its specification, and is read back to the same values. */
@Tag("once")
class GoTextTest {

    private static final Path CASES = Path.of("src/test/resources/compare");

    @TempDir
    Path folder;

    private static JmhResult.Metric metric(String unit, List<List<Double>> forks) {
        return new JmhResult.Metric(unit, 1, Double.NaN, forks);
    }

    private static JmhResult result(
            String benchmark,
            String mode,
            Map<String, String> params,
            String unit,
            Map<String, JmhResult.Metric> more) {
        return new JmhResult(
                benchmark,
                params,
                mode,
                "25.0.3",
                List.of(),
                metric(unit, List.of(List.of(1.5, 2.5), List.of(3.0, 4.0))),
                more,
                new JmhResult.Run("4", "OpenJDK 64-Bit Server VM", "25", "2 x 1 s after 1 x 1 s"));
    }

    private static List<String> lines(boolean iterations, JmhResult... results) {
        GoText text = new GoText(iterations);
        text.add("after.json", List.of(results));
        return text.lines();
    }

    @Test
    void aLineIsAFork() {
        Map<String, JmhResult.Metric> more = new LinkedHashMap<>();
        more.put("gc.alloc.rate.norm", metric("B/op", List.of(List.of(16.0, 16.0), List.of(24.0, 24.0))));
        more.put("gc.count", metric("counts", List.of(List.of(1.0, 2.0), List.of(Double.NaN, 4.0))));
        more.put("p0.99", metric("us/op", List.of(List.of(1.0, 2.0), List.of(3.0, 4.0))));
        assertThat(lines(false, result("com.acme.Queue.poll", "avgt", Map.of("name", "utf-8 a/b"), "us/op", more)))
                .containsExactly(
                        "column: after.json",
                        "jdk: 25.0.3",
                        "vm: OpenJDK 64-Bit Server VM",
                        "pkg: com/acme",
                        "fork: 1",
                        "BenchmarkQueue/poll/name=utf-8_a%2Fb-4 2 2000.0 ns/op 16.0 B/op 1.5 gc.count-counts 1500.0 p0.99-ns/op",
                        "fork: 2",
                        "BenchmarkQueue/poll/name=utf-8_a%2Fb-4 2 3500.0 ns/op 24.0 B/op 3500.0 p0.99-ns/op");
    }

    @Test
    void aLineIsAnIterationWhereThatIsAskedFor() {
        assertThat(lines(true, result("com.acme.queue.poll", "thrpt", Map.of(), "ops/s", Map.of())))
                .startsWith("Unit ops/s better=higher", "column: after.json")
                .containsSubsequence(
                        "fork: 1",
                        "BenchmarkQueue/poll-4 1 1.5 ops/s",
                        "BenchmarkQueue/poll-4 1 2.5 ops/s",
                        "fork: 2",
                        "BenchmarkQueue/poll-4 1 3.0 ops/s");
    }

    /** golang.org/design/14313-benchmark-format, sections Configuration Lines and Benchmark Results. */
    private static void isGo(String line) {
        String[] fields = line.strip().split("\\s+");
        if (fields[0].startsWith("Benchmark")) {
            assertThat(fields.length).as(line).isGreaterThanOrEqualTo(4).isEven();
            String rest = fields[0].substring("Benchmark".length());
            assertThat(rest.isEmpty() || Character.isUpperCase(rest.codePointAt(0)))
                    .as(line)
                    .isTrue();
            assertThat(Long.parseLong(fields[1])).as(line).isPositive();
            Set<String> units = new HashSet<>();
            for (int i = 2; i < fields.length; i += 2) {
                assertThat(Double.parseDouble(fields[i])).as(line).isFinite();
                assertThat(units.add(fields[i + 1]))
                        .as("one value of a unit: " + line)
                        .isTrue();
            }
        } else if (fields[0].equals("Unit")) {
            assertThat(line).matches("Unit \\S+ better=(higher|lower)");
        } else {
            int colon = line.indexOf(':');
            String key = line.substring(0, colon);
            assertThat(Character.isLowerCase(key.codePointAt(0))).as(line).isTrue();
            assertThat(key.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isUpperCase(c)))
                    .as(line)
                    .isTrue();
            assertThat(line.length() == colon + 1 || line.charAt(colon + 1) == ' ')
                    .as(line)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good.json",
                "allmodes-base.json",
                "dot-base.json",
                "unit-new.json",
                "param-mode-base.json",
                "impl.json",
                "many-base.json",
                "kotlin-native-nan.json",
                "noraw-base.json",
                "twopkg-base.json",
                "../org/leaklab/bench/run/forks.json"
            })
    void isGosFormatAndReadBackToTheSameValues(String name) throws IOException {
        List<JmhResult> results = ResultFile.read(CASES.resolve(name));
        GoText text = new GoText(false);
        text.add(name, results);
        assertThat(text.lines()).isNotEmpty().allSatisfy(GoTextTest::isGo);
        Path file = Files.write(folder.resolve("go.txt"), text.lines());
        List<JmhResult> back = ResultFile.read(file);
        List<JmhResult> finite = results.stream()
                .filter(result -> result.primary().forks().isEmpty()
                        ? Double.isFinite(result.primary().score())
                        : result.primary().forkMeans().stream().anyMatch(Double::isFinite))
                .toList();
        assertThat(back).hasSameSizeAs(finite);
        for (JmhResult result : finite) {
            JmhResult same = back.stream()
                    .filter(other -> other.benchmark().equals(result.benchmark()))
                    .filter(other -> other.params()
                            .entrySet()
                            .containsAll(result.params().entrySet()))
                    .filter(other -> !other.params().containsKey("mode")
                            || result.params().containsKey("mode")
                            || other.params().get("mode").equals(result.mode()))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError(result.benchmark() + result.params() + " in " + text.lines()));
            assertThat(same.jdk()).isEqualTo(result.jdk());
            List<Double> forks = result.primary().forks().isEmpty()
                    ? List.of(result.primary().score())
                    : result.primary().forkMeans();
            double factor = factor(result.primary().unit());
            assertThat(same.primary().forkMeans()).hasSameSizeAs(forks);
            for (int i = 0; i < forks.size(); i++) {
                assertThat(same.primary().forkMeans().get(i))
                        .isCloseTo(forks.get(i) * factor, within(Math.abs(forks.get(i) * factor) * 1e-12));
            }
        }
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "us/op" -> 1e3;
            case "ms/op" -> 1e6;
            case "s/op" -> 1e9;
            default -> 1;
        };
    }

    /** Both sides in one text: a setting tells them apart. */
    @Test
    void sidesAreToldApart() throws IOException {
        GoText text = new GoText(false);
        text.add("before.json", List.of(result("com.acme.Queue.poll", "avgt", Map.of(), "ns/op", Map.of())));
        text.add("after.json", List.of(result("com.acme.Queue.poll", "avgt", Map.of(), "ns/op", Map.of())));
        assertThat(GoBenchmarkFile.read(Files.write(folder.resolve("both.txt"), text.lines())))
                .extracting(line ->
                        line.settings().get("column") + " " + line.settings().get("fork"))
                .containsExactly("before.json 1", "before.json 2", "after.json 1", "after.json 2");
        assertThat(ResultFile.read(folder.resolve("both.txt")))
                .extracting(result -> result.params() + " -t " + result.run().threads())
                .containsExactlyInAnyOrder("{column=before.json} -t 4", "{column=after.json} -t 4");
    }

    /** Two sides stand in two groups, and so do two JDKs of a side; of one side, no parameter says which. */
    @Test
    void jdksAreToldApart() throws IOException {
        JmhResult result = result("com.acme.Queue.poll", "avgt", Map.of(), "ns/op", Map.of());
        GoText text = new GoText(false);
        text.add("all.json", List.of(result, result.on("26")));
        assertThat(ResultFile.read(Files.write(folder.resolve("both.txt"), text.lines())))
                .extracting(row -> row.params() + row.jdk())
                .containsExactlyInAnyOrder("{}25.0.3", "{}26");
    }
}
