package org.leaklab.rows;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A run may be killed anywhere: the next one completes it, and whole files are only replaced by whole ones. */
class RowRunnerTest {

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
        return Plan.of(LIST, Preset.named(preset), "core", Map.of("threads", List.of("virtual")), Shard.WHOLE);
    }

    private ResultFiles files() {
        return ResultFiles.of(folder, PLAN);
    }

    private static JsonNode result(Row row) {
        ObjectNode result = ResultFiles.MAPPER.createObjectNode();
        result.put("benchmark", row.benchmark()).put("mode", row.mode());
        row.params().forEach(result.putObject("params")::put);
        result.putObject("primaryMetric")
                .put("score", 1040.25)
                .put("scoreError", 3.1)
                .put("scoreUnit", "ns/op");
        return result;
    }

    private int run(Plan plan, Measurement measurement) throws IOException {
        err.getBuffer().setLength(0);
        measured.clear();
        return new RowRunner(plan, files(), new PrintWriter(err), (row, part) -> {
                    JsonNode result = measurement.measure(row, part);
                    measured.add(row);
                    return result;
                })
                .run();
    }

    private int runWhole() throws IOException {
        return run(PLAN, (row, part) -> result(row));
    }

    private void runAndBeKilledAfter(int rows) {
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> run(PLAN, (row, part) -> {
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
        assertThat(files().hold(plan("publish"))).isFalse();
    }

    @Test
    void saysHowFarItIs() throws IOException {
        runWhole();
        int rows = PLAN.rows().size();
        assertThat(err.toString())
                .startsWith("core: " + rows + " rows with the preset quick, about 0:0")
                .containsPattern("\\[1/" + rows + "]  core\\.\\S+ implementation=\\S+ threads=virtual +… +1,040 ± 3 ns")
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
    void theJournalOfSomethingElseIsDroppedAndThisIsSaid() throws IOException {
        runAndBeKilledAfter(3);
        Plan other = plan("publish");
        assertThat(run(other, (row, part) -> result(row))).isZero();
        assertThat(measured).containsExactlyElementsOf(other.rows().keySet());
        assertThat(err.toString())
                .startsWith("core: what an earlier run left unfinished is dropped, for it had another preset, ");
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
        int failed = run(PLAN, (row, part) -> {
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

    @Test
    void anUnfinishedRunLeavesAWholeFileAsItWas() throws IOException {
        runWhole();
        String before = Files.readString(files().results());
        runAndBeKilledAfter(2);
        assertThat(Files.readString(files().results())).isEqualTo(before);
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
                .isThrownBy(() -> run(PLAN, (row, part) -> {
                    throw new IOException("another JMH is running");
                }))
                .withMessage("another JMH is running");
        assertThat(files().results()).doesNotExist();
    }
}
