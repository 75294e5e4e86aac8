package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A run may be killed anywhere: the next one completes it, and whole files are only replaced by whole ones. */
@Tag("once")
class ResumableRunTest {

    private static final RowList LIST = RowList.of(Runtime.version().feature());
    private static final Plan PLAN = plan("quick");

    /** What ends a process that is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final List<Row> measured = new ArrayList<>();

    private static Plan plan(String preset) {
        return plan(preset, null);
    }

    private static Plan plan(String preset, @Nullable Integer forks) {
        return Plan.of(LIST, Preset.named(preset), "core", Map.of("threads", List.of("virtual")), forks, Shard.WHOLE);
    }

    private ResultFiles files() {
        return ResultFiles.of(folder, PLAN);
    }

    private static JsonNode result(Row row) {
        return result(row, 1040.25);
    }

    private static JsonNode result(Row row, double value) {
        ObjectNode result = ResultFiles.MAPPER.createObjectNode();
        result.put("benchmark", row.benchmark()).put("mode", row.mode());
        row.params().forEach(result.putObject("params")::put);
        ObjectNode metric = result.putObject("primaryMetric");
        metric.put("score", value).put("scoreError", 3.1).put("scoreUnit", "ns/op");
        metric.putArray("rawData").addArray().add(value);
        return result;
    }

    private int run(Plan plan, Measurement measurement) throws IOException {
        err.getBuffer().setLength(0);
        measured.clear();
        return new ResumableRun(plan, files(), new PrintWriter(err), (row, part, fork) -> {
                    JsonNode result = measurement.measure(row, part, fork);
                    measured.add(row);
                    return result;
                })
                .run(Integer.MAX_VALUE)
                .failed();
    }

    private int runWhole() throws IOException {
        return run(PLAN, (row, part, fork) -> result(row));
    }

    private void runAndBeKilledAfter(int rows) {
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> run(PLAN, (row, part, fork) -> {
                    if (measured.size() == rows) {
                        throw new Killed();
                    }
                    return result(row);
                }));
    }

    private List<Row> rowsOf(Path file) {
        List<Row> rows = new ArrayList<>();
        ResultFiles.MAPPER.readTree(file.toFile()).forEach(result -> rows.add(Row.of(result)));
        return rows;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesTheRowsAndTheirEnvironmentAndNothingElse() throws IOException {
        assertThat(runWhole()).isZero();
        assertThat(left()).containsExactly("core.environment.json", "core.json");
        assertThat(rowsOf(files().results()))
                .containsExactlyElementsOf(PLAN.rows().keySet());
        assertThat(files().hold(PLAN)).isTrue();
        assertThat(files().hold(plan("core"))).isFalse();
    }

    @Test
    void saysHowFarItIs() throws IOException {
        runWhole();
        int rows = PLAN.rows().size();
        assertThat(err.toString())
                .startsWith("core: " + rows + " rows with the preset quick, about 0:0")
                .containsPattern("\\[1/" + rows
                        + "]  core\\.\\S+ carriers=default implementation=\\S+ threads=virtual +… +1,040 ± 3 ns")
                .containsPattern("\\[" + rows + "/" + rows + "] .* 0:00 left\n$");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aRunThatIsKilledIsCompletedByTheNext(int rows) throws IOException {
        runAndBeKilledAfter(rows);
        assertThat(left()).containsExactly(".core.json.journal");
        assertThat(files().hold(PLAN)).isFalse();

        assertThat(runWhole()).isZero();
        assertThat(measured).hasSize(PLAN.rows().size() - rows);
        assertThat(rowsOf(files().results()))
                .containsExactlyElementsOf(PLAN.rows().keySet());
        assertThat(left()).containsExactly("core.environment.json", "core.json");
        if (rows > 0) {
            assertThat(err.toString())
                    .contains(", " + rows + " of them measured before")
                    .contains("[" + (rows + 1) + "/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"benchmark\":\"org.leak", "{", "{\"benchmark\":\"µ", "no JSON at all\n"})
    void aLineThatWasNotWrittenToItsEndIsDropped(String torn) throws IOException {
        runAndBeKilledAfter(2);
        Files.writeString(files().journal(), torn, StandardOpenOption.APPEND);
        runAndBeKilledAfter(1);
        assertThat(Files.readAllLines(files().journal())).hasSize(1 + 3);

        assertThat(runWhole()).isZero();
        assertThat(measured).hasSize(PLAN.rows().size() - 3);
        assertThat(rowsOf(files().results()))
                .containsExactlyElementsOf(PLAN.rows().keySet());
    }

    @Test
    void aLineThatIsCutInTheMiddleIsDropped() throws IOException {
        runAndBeKilledAfter(3);
        String journal = Files.readString(files().journal());
        Files.writeString(files().journal(), journal.substring(0, journal.length() - 10));
        assertThat(runWhole()).isZero();
        assertThat(measured).hasSize(PLAN.rows().size() - 2);
        assertThat(rowsOf(files().results()))
                .containsExactlyElementsOf(PLAN.rows().keySet());
    }

    @Test
    void theJournalOfSomethingElseIsPutAsideAndThisIsSaid() throws IOException {
        runAndBeKilledAfter(3);
        Plan other = plan("core");
        assertThat(run(other, (row, part, fork) -> result(row))).isZero();
        assertThat(measured).hasSize(other.forks()).containsAll(other.rows().keySet());
        assertThat(err.toString())
                .startsWith("core: what an earlier run left unfinished is put aside in .core.json.journal.old, "
                        + "for it had another preset, ");
        assertThat(folder.resolve(".core.json.journal.old")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "{}", "{}\n", "{\"jdk\":\"25\"}\n", "nonsense\n"})
    void whatIsNoJournalIsDropped(String content) throws IOException {
        Files.writeString(files().journal(), content);
        assertThat(runWhole()).isZero();
        assertThat(measured).hasSize(PLAN.rows().size());
        assertThat(err.toString()).contains("is dropped");
    }

    @Test
    void aRowThatFailsIsReportedAndTriedAgain() throws IOException {
        Row bad = List.copyOf(PLAN.rows().keySet()).get(1);
        int failed = run(PLAN, (row, part, fork) -> {
            if (row.equals(bad)) {
                throw new FailedRowException("Forked VM failed with exit code 134", List.of("# SIGSEGV"));
            }
            return result(row);
        });
        assertThat(failed).isEqualTo(1);
        assertThat(err.toString())
                .contains("failed: Forked VM failed with exit code 134 ")
                .contains("\n        # SIGSEGV\n");
        assertThat(measured).hasSize(PLAN.rows().size() - 1);
        assertThat(left()).containsExactly(".core.json.journal");

        assertThat(runWhole()).isZero();
        assertThat(measured).containsExactly(bad);
        assertThat(rowsOf(files().results()))
                .containsExactlyElementsOf(PLAN.rows().keySet());
    }

    /** What slows the machine for a while slows all rows, and not all forks of one. */
    @Test
    void measuresAForkOfEveryRowBeforeTheNextOfAny() throws IOException {
        Plan plan = plan("quick", 3);
        List<Row> rows = List.copyOf(plan.rows().keySet());
        List<Row> passes = Stream.of(rows, rows, rows).flatMap(List::stream).toList();
        List<Integer> forks = new ArrayList<>();
        assertThat(run(plan, (row, part, fork) -> {
                    forks.add(fork);
                    return result(row, 1000 * fork);
                }))
                .isZero();
        assertThat(measured).isEqualTo(passes);
        assertThat(forks).isSorted().containsOnly(1, 2, 3);
        assertThat(err.toString())
                .startsWith("core: " + rows.size() + " rows in " + passes.size() + " forks with the preset quick, ")
                .contains("[" + passes.size() + "/" + passes.size() + "]");
        for (JsonNode result : ResultFiles.MAPPER.readTree(files().results().toFile())) {
            assertThat(result.path("forks").asInt()).isEqualTo(3);
            assertThat(result.path("primaryMetric").path("score").asDouble()).isEqualTo(2000);
            assertThat(result.path("primaryMetric").path("rawData")).hasToString("[[1000.0],[2000.0],[3000.0]]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7})
    void aRunThatIsKilledInSomePassGoesOnThere(int after) throws IOException {
        Plan plan = plan("quick", 3);
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> run(plan, (row, part, fork) -> {
                    if (measured.size() == after) {
                        throw new Killed();
                    }
                    return result(row, 1000 * fork);
                }));
        assertThat(run(plan, (row, part, fork) -> result(row, 1000 * fork))).isZero();
        assertThat(measured).hasSize(plan.forks() - after);
        for (JsonNode result : ResultFiles.MAPPER.readTree(files().results().toFile())) {
            assertThat(result.path("primaryMetric").path("rawData")).hasToString("[[1000.0],[2000.0],[3000.0]]");
        }
    }

    /** Its other forks would be wasted. */
    @Test
    void aRowThatFailsIsNotTriedInLaterPasses() throws IOException {
        Plan plan = plan("quick", 3);
        Row bad = plan.rows().firstKey();
        List<Integer> tried = new ArrayList<>();
        assertThat(run(plan, (row, part, fork) -> {
                    if (row.equals(bad)) {
                        tried.add(fork);
                        throw new FailedRowException("Forked VM failed with exit code 134", List.of());
                    }
                    return result(row);
                }))
                .isEqualTo(1);
        assertThat(tried).containsExactly(1);
    }

    @Test
    void anUnfinishedRunLeavesAWholeFileAsItWas() throws IOException {
        runWhole();
        String before = Files.readString(files().results());
        runAndBeKilledAfter(2);
        assertThat(Files.readString(files().results())).isEqualTo(before);
        assertThat(files().hold(PLAN)).isTrue();
    }

    @Test
    void whatAnotherCommitMeasuredIsMeasuredAgainAndThisIsSaid() throws IOException {
        runWhole();
        assertThat(err.toString()).doesNotContain("again");
        Environment here = ResultFiles.MAPPER.readValue(files().environment().toFile(), Environment.class);
        boolean known = !here.commit().equals("unknown");
        Files.writeString(
                files().environment(),
                Files.readString(files().environment())
                        .replaceFirst("\"commit\" : \"[^\"]*\"", "\"commit\" : \"0123456789abcdef\"")
                        .replaceFirst("\"cpu\" : \"[^\"]*\"", "\"cpu\" : \"Fast One\""));
        assertThat(files().hold(PLAN)).isFalse();
        runAndBeKilledAfter(1);
        assertThat(err.toString())
                .startsWith(
                        "core: measured again, for core.json is of another CPU" + (known ? ", another commit" : ""));

        assertThat(runWhole()).isZero();
        assertThat(err.toString()).as("it goes on").doesNotContain("again");
        assertThat(files().hold(PLAN)).isTrue();
    }

    @Test
    void aFileWithOtherRowsIsNotFinished() throws IOException {
        runWhole();
        Files.writeString(files().results(), "[]");
        assertThat(files().hold(PLAN)).isFalse();
        Files.writeString(files().results(), "[");
        assertThat(files().hold(PLAN)).isFalse();
    }

    @Test
    void whatStopsEveryRowEndsTheRun() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> run(PLAN, (row, part, fork) -> {
                    throw new IOException("another JMH is running");
                }))
                .withMessage("another JMH is running");
        assertThat(files().results()).doesNotExist();
    }

    /** So that JDKs can be measured in turn. */
    @Test
    void aRunOfSomePassesLeavesTheRestToTheNext() throws IOException {
        Plan plan = plan("quick", 3);
        int rows = plan.rows().size();
        Measurement measurement = (row, part, fork) -> {
            measured.add(row);
            return result(row, fork);
        };
        ResumableRun run = new ResumableRun(plan, files(), new PrintWriter(err), measurement);
        assertThat(run.run(1)).isEqualTo(new ResumableRun.Ended(0, rows, false));
        assertThat(measured).hasSize(rows);
        assertThat(left()).containsExactly(".core.json.journal");
        assertThat(run.run(1)).isEqualTo(new ResumableRun.Ended(0, rows, false));
        assertThat(measured).as("the pass is measured already").hasSize(rows);
        assertThat(run.run(2)).isEqualTo(new ResumableRun.Ended(0, 2 * rows, false));
        assertThat(run.run(3)).isEqualTo(new ResumableRun.Ended(0, 3 * rows, true));
        assertThat(left()).containsExactly("core.environment.json", "core.json");
        assertThat(ResultFiles.MAPPER
                        .readTree(files().results().toFile())
                        .path(0)
                        .path("primaryMetric")
                        .path("rawData"))
                .hasSize(3);
    }
}
