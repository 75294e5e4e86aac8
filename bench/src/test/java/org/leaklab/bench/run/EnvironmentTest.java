package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of where something was measured: enough of it, and nothing that is nobody's business. */
class EnvironmentTest {

    private static final Plan PLAN = plan("quick", "2/3");

    private static Plan plan(String preset, String shard) {
        return Plan.of(
                RowList.of(Runtime.version().feature()),
                Preset.named(preset),
                "core",
                Map.of("threads", List.of("virtual")),
                null,
                Shard.parse(shard));
    }

    private static String json(Environment environment) {
        return ResultFiles.MAPPER.writeValueAsString(environment);
    }

    @Test
    void saysWhereAndHow() {
        Environment here = Environment.of(PLAN);
        assertThat(here.release()).isEqualTo(Runtime.version().feature());
        assertThat(here.jdk()).isEqualTo(Runtime.version().toString());
        assertThat(here.processors()).isPositive();
        assertThat(here.memoryBytes()).isGreaterThan(1 << 20);
        assertThat(here.date()).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:00Z");
        assertThat(List.of(here.vendor(), here.jvm(), here.collectors(), here.cpu(), here.os(), here.kernel()))
                .allSatisfy(word -> assertThat(word).isNotBlank());
        assertThat(here.group()).isEqualTo("core");
        assertThat(here.preset()).isEqualTo("quick");
        assertThat(here.shard()).isEqualTo("2/3");
        assertThat(here.rows()).isEqualTo(PLAN.rows().size());
    }

    @Test
    void namesNoFolderAndNoHost() throws IOException {
        String json = json(Environment.of(PLAN));
        assertThat(json)
                .doesNotContain(System.getProperty("java.home"))
                .doesNotContain(System.getProperty("user.dir"))
                .doesNotContain(System.getProperty("user.home") + "/")
                .doesNotContainPattern("\"(/|[A-Za-z]:\\\\)")
                .doesNotContainPattern("[=:,]/");
        Path host = Path.of("/proc/sys/kernel/hostname");
        if (Files.isReadable(host)) {
            String name = Files.readString(host).strip();
            String values = json.replaceAll("\"\\w+\":", "");
            assertThat(values).doesNotContainPattern("\\b" + Pattern.quote(name) + "\\b");
        }
    }

    @Test
    void optionsOfTheJvmLoseTheirFolders() {
        assertThat(PublishableOptions.of(List.of(
                        "-Xmx2g",
                        "-XX:+UseZGC",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djava.io.tmpdir=/tmp/of-somebody",
                        "-Dsome.host=build-7",
                        "-Dleaklab.histograms=/home/somebody/histograms",
                        "-XX:HeapDumpPath=/home/somebody/dumps",
                        "-Xlog:gc*:file=C:\\logs\\gc.log",
                        "-javaagent:/opt/agent.jar=server=build-7",
                        "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")))
                .containsExactly(
                        "-Xmx2g",
                        "-XX:+UseZGC",
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-XX:HeapDumpPath=PATH",
                        "-Xlog:gc*:file=PATH",
                        "-javaagent:PATH",
                        "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
    }

    @Test
    void readsTheModelOfTheCpu(@TempDir Path folder) throws IOException {
        Path cpus = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Fast One @ 3GHz\n");
        assertThat(Environment.cpu(cpus)).isEqualTo("Fast One @ 3GHz");
        assertThat(Environment.cpu(Files.writeString(cpus, "CPU part : 0xd0c\n")))
                .isEqualTo("unknown");
        assertThat(Environment.cpu(folder.resolve("none"))).isEqualTo("unknown");
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() {
        Environment here = Environment.of(PLAN);
        Environment read = ResultFiles.MAPPER.readValue(json(here), Environment.class);
        assertThat(read).isEqualTo(here);
        assertThat(read.differencesFrom(here)).isEmpty();
        assertThat(read.asksTheSameAs(here)).isTrue();
    }

    @Test
    void tellsApartWhatMustNotBeMixed() {
        Environment here = Environment.of(PLAN);
        assertThat(here.differencesFrom(Environment.of(plan("quick", "1/3")))).contains("shard");
        assertThat(here.differencesFrom(Environment.of(plan("core", "2/3")))).contains("preset", "way of measuring");
        assertThat(here.asksTheSameAs(Environment.of(plan("core", "2/3")))).isFalse();
    }
}
