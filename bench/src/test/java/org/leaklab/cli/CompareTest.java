package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** Files of results that a test plants for {@code compare}. */
abstract class CompareTest extends CommandTest {

    static final double[] BASE = {100, 101, 102, 99, 98};

    static final double[] SLOWER = {120, 121, 122, 119, 118};

    static final double[] SAME = {100.5, 99.5, 101.5, 98.5, 100.2};

    @TempDir
    Path folder;

    final String file(String name, String... results) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", results) + "]")
                .toString();
    }

    static String result(String benchmark, String params, String mode, String unit, double... forks) {
        String raw = Arrays.stream(forks).mapToObj(fork -> "[" + fork + "]").collect(Collectors.joining(","));
        return """
                {"benchmark": "a.b.%s", "mode": "%s", "jdkVersion": "25.0.3", %s
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "%s", "rawData": [%s]},
                 "secondaryMetrics": {"bytes": {"score": 8, "scoreError": 0, "scoreUnit": "B", "rawData": [[8],[8],[8],[8]]}}}""".formatted(
                        benchmark, mode, params.isEmpty() ? "" : "\"params\": {" + params + "},", forks[0], unit, raw);
    }
}
