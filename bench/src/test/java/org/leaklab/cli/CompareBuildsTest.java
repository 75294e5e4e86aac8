package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder may hold results of two builds of one JDK: they are told apart only where both have the same measure. */
@Tag("once")
class CompareBuildsTest extends CommandTest {

    @TempDir
    private Path folder;

    private String rows(String name, String... rows) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", rows) + "]")
                .toString();
    }

    /** The time of a look, or of a hand-over: each a declared headline of its group. */
    private static String row(String jdk, String benchmark, String params) {
        return """
                {"benchmark": "org.leaklab.bench.%s", "mode": "avgt", "jdkVersion": "%s", "params": {%s},
                 "primaryMetric": {"score": 100, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[100],[101],[99],[102]]},
                 "secondaryMetrics": {}}""".formatted(benchmark, jdk, params);
    }

    private static String look(String jdk) {
        return row(jdk, "scenario.StuckLook.look", "\"threads\": \"virtual\", \"variant\": \"stack\"");
    }

    private static String handOver(String jdk) {
        return row(
                jdk,
                "scheduling.SchedulingImpact.operations",
                "\"beside\": \"none\", \"operation\": \"hand-off\", \"threads\": \"virtual\"");
    }

    @Test
    void measuresOfTwoBuildsStandBesideThoseOfOne() throws IOException {
        String base = rows("base.json", look("21.0.1"), handOver("21.0.1"));
        String now = rows("now.json", look("25.0.3"), handOver("25.0.5"));
        assertThat(execute("compare", base, now)).isZero();
        assertThat(out.toString())
                .contains("now.json: 2 measures", "no difference seen in 2")
                .doesNotContain("not in ");
    }

    @Test
    void aMeasureThatBothBuildsHaveIsToldApart() throws IOException {
        String base = rows("base.json", look("21.0.1"), handOver("21.0.1"));
        String now = rows("now.json", look("25.0.3"), look("25.0.5"), handOver("25.0.5"));
        assertThat(execute("compare", base, now, "--missing")).isZero();
        assertThat(out.toString()).contains("JDK 25.0.3", "JDK 25.0.5").doesNotContain("hand-off");
    }
}
