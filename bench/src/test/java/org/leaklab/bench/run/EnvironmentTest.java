package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.results.Commit;

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
        assertThat(here.started()).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
        assertThat(here.ended()).isEqualTo(here.started());
        assertThat(here.collectorMode()).isNotEqualTo("unknown");
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

    @Test
    void aRunBeginsWhenItsFirstSittingDid() {
        Environment now = Environment.of(PLAN);
        Environment begun = ResultFiles.MAPPER.readValue(
                json(now).replaceFirst("\"started\":\"[^\"]*\"", "\"started\":\"2026-01-02T03:04:05Z\""),
                Environment.class);
        Environment whole = now.since(begun);
        assertThat(whole.started()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(whole.ended()).isEqualTo(now.ended());
        assertThat(whole.differencesFrom(now)).isEmpty();
    }

    /** Committed results were written before these were recorded. */
    @ParameterizedTest
    @ValueSource(strings = {"core", "memory", "latency", "detection"})
    void recordsOfOlderVersionsAreStillRead(String group) {
        Environment old = Environment.read(Path.of("..", "results", "25", group + ".environment.json"));
        assertThat(old.group()).isEqualTo(group);
        assertThat(old.ended()).startsWith("2026-1");
        assertThat(old.vendor()).isNotBlank();
    }

    @Test
    void whatAnOlderVersionDidNotRecordIsUnknown() {
        Environment old = ResultFiles.MAPPER.readValue(
                json(Environment.of(PLAN))
                        .replaceFirst("\"started\":\"[^\"]*\",\"ended\"", "\"date\"")
                        .replaceFirst("\"commit\":\"[^\"]*\",\"changed\":\\w+,", "")
                        .replaceFirst("\"collectorMode\":\"[^\"]*\",", ""),
                Environment.class);
        assertThat(List.of(old.started(), old.commit(), old.collectorMode())).containsOnly("unknown");
        assertThat(old.ended()).isNotEqualTo("unknown");
        assertThat(old.measuredWith()).isEqualTo(Commit.UNKNOWN);
    }

    @Test
    void anotherCommitIsSaid() {
        Environment here = with("commit", "\"fedcba9876543210\"");
        Environment other = with("commit", "\"0123456789abcdef\"");
        assertThat(other.differencesFrom(here)).containsExactly("commit");
        assertThat(other.differencesOfQuestionFrom(here)).containsExactly("commit");
        assertThat(other.asksTheSameAs(here)).isFalse();
        assertThat(other.differencesOfRunFrom(here)).containsExactly("commit");
        assertThat(other.measuredWith().text()).startsWith("012345678").doesNotContain("9abc");
    }

    /** A jar that was built outside git does not tell. */
    @Test
    void aCommitThatIsUnknownIsNoReasonToMeasureAgain() {
        Environment unknown = with("commit", "\"unknown\"");
        assertThat(unknown.asksTheSameAs(with("commit", "\"0123456789abcdef\"")))
                .isTrue();
        assertThat(with("commit", "\"0123456789abcdef\"").asksTheSameAs(unknown))
                .isTrue();
        assertThat(unknown.asksTheSameAs(unknown)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vendor     | "Somebody" | vendor
            cpu        | "Fast One" | CPU
            processors | 4096       | number of processors
            """)
    void anotherVendorOrMachineIsAReasonToMeasureAgain(String field, String value, String words) {
        Environment here = Environment.of(PLAN);
        assertThat(with(field, value).differencesOfQuestionFrom(here)).containsExactly(words);
        assertThat(with(field, value).differencesFrom(here)).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cpu        | "Fast One"
            processors | 4096
            """)
    void shardsOfTwoMachinesAreOfOneRun(String field, String value) {
        assertThat(with(field, value).differencesOfRunFrom(Environment.of(PLAN)))
                .isEmpty();
    }

    /** The record of this machine with another value in one field, as JSON has it. */
    private static Environment with(String field, String value) {
        return ResultFiles.MAPPER.readValue(
                json(Environment.of(PLAN))
                        .replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + value),
                Environment.class);
    }

    @Test
    void theBuildSaysWhatItWasMadeOf() throws IOException {
        assertThat(built("git.commit.id.full=0123abc\ngit.dirty=true\n")).isEqualTo(new BuiltFrom("0123abc", true));
        assertThat(built("git.commit.id.full=0123abc\ngit.dirty=false\n")).isEqualTo(new BuiltFrom("0123abc", false));
        assertThat(built("git.commit.id.full=${git.commit.id.full}\n")).isEqualTo(new BuiltFrom("unknown", false));
        assertThat(BuiltFrom.of(null)).isEqualTo(new BuiltFrom("unknown", false));
    }

    private static BuiltFrom built(String properties) throws IOException {
        return BuiltFrom.of(new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            G1 Young Generation, G1 Concurrent GC, G1 Old Generation | G1
            ZGC Minor Cycles, ZGC Minor Pauses, ZGC Major Cycles     | ZGC, generational
            ZGC Cycles, ZGC Pauses                                   | ZGC, one generation
            Shenandoah Pauses, Shenandoah Cycles                     | Shenandoah, one generation
            PS MarkSweep, PS Scavenge                                | Parallel
            Copy, MarkSweepCompact                                   | Serial
            Another                                                  | Another
            """)
    void aCollectorIsNamedWithItsMode(String names, String mode) {
        assertThat(CollectorMode.of(List.of(names.split(", ", -1)))).isEqualTo(mode);
    }
}
