package org.leaklab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is seen of a run while it lasts, and the figure that stands for a row. */
class ProgressTest {

    private static final Plan PLAN = Plan.of(
            RowList.of(Runtime.version().feature()),
            Preset.named("quick"),
            "scenario",
            Map.of("pattern", List.of("pipeline"), "scenario", List.of("first-result-wins")),
            null,
            Shard.WHOLE);

    private static final JsonNode RESULT = ResultFiles.MAPPER.readTree(
            "{\"primaryMetric\": {\"score\": 12.34, \"scoreError\": \"NaN\", \"scoreUnit\": \"ops/s\"}}");

    private final StringWriter out = new StringWriter();
    private long now;

    private Progress progress(Screen.Lines lines, int before) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Progress.on(new Screen(new PrintWriter(out), lines, nowhere), PLAN, before, () -> now);
    }

    private void row(Progress progress, Row row) {
        progress.begins(row);
        now += TimeUnit.SECONDS.toNanos(2);
        progress.ends(RESULT);
    }

    private void run(Progress progress) {
        progress.head();
        PLAN.rows().keySet().forEach(row -> row(progress, row));
    }

    @Test
    void aTerminalSeesOneLineThatIsDrawnAnewAndGoesAway() {
        run(progress(Screen.Lines.ONE_DRAWN_ANEW, 0));
        int rows = PLAN.forks();
        String[] drawn = out.toString().split("\r\u001b\\[K", -1);
        assertThat(drawn).hasSize(rows + 1);
        assertThat(drawn[rows]).as("the line is cleared at the end").isEmpty();
        assertThat(drawn[0]).startsWith("\rscenario 1/" + rows + ", 0:");
        assertThat(drawn[1])
                .startsWith("\rscenario 2/%d, 0:%02d left: PatternThroughput.items pattern=pipeline"
                        .formatted(rows, 2 * (rows - 1)));
        assertThat(drawn).allMatch(line -> line.length() <= 1 + 79).noneMatch(line -> line.contains("\n"));
        assertThat(out.toString()).doesNotContain("12.3");
    }

    @Test
    void elsewhereNothingIsSeenButWhatFails() {
        Progress progress = progress(Screen.Lines.NONE, 0);
        run(progress);
        assertThat(out.toString()).isEmpty();
        progress.fails(PLAN.rows().firstKey(), "Forked VM failed with exit code 1", List.of("# of the log"));
        assertThat(out.toString())
                .startsWith("scenario: PatternThroughput.items pattern=pipeline threads=platform failed: "
                        + "Forked VM failed with exit code 1")
                .hasLineCount(1);
    }

    @Test
    void whatWasMeasuredBeforeIsSaid() {
        progress(Screen.Lines.NONE, 3).head();
        assertThat(out.toString())
                .contains(PLAN.forks() + " rows with the preset quick, 3 of them measured before")
                .hasLineCount(1);
    }

    @Test
    void rowsHaveALineEach() throws IOException {
        run(progress(Screen.Lines.ROWS, 0));
        assertThat(out.toString())
                .hasLineCount(1 + PLAN.forks())
                .containsPattern("(?m)^\\[ *1/\\d+]  scenario.PatternThroughput.* … +12.3 ops/s   0:\\d\\d left$");
    }

    /** Where a benchmark fixes its own time, the row is about something else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 30.2 s/op",
                "{'added': 12.34, 'operation': 400} | +12.3 ns added",
                "{'delay.max': 500000, 'delay.p50': 279039} | 279,039 us until reported",
                "{'p50': 1, 'p99': 4500.4, 'stuck': 100} | 4,500 us p99",
                "{'population': 1000, 'heap': 844000, 'native.thread.committed': 5} | 844 B of heap a thread",
            })
    void theFigureOfARowIsTheOneThatItIsAbout(String secondary, String headline) {
        assertThat(RowFigure.of(result("virtual", secondary))).isEqualTo(headline);
    }

    @Test
    void platformThreadsHaveTheirStacksOutsideTheHeap() {
        assertThat(RowFigure.of(result("platform", "{'population': 1000, 'heap': 844000, 'rss': 21036000}")))
                .isEqualTo("21,036 B of resident memory a thread");
    }

    private static JsonNode result(String threads, String secondary) {
        String metrics = secondary.replaceAll("('[a-z0-9.]+'): ([0-9.]+)", "$1: {'score': $2, 'scoreUnit': 'us'}");
        return ResultFiles.MAPPER.readTree(("{'params': {'threads': '" + threads + "'},"
                        + "'primaryMetric': {'score': 30.2, 'scoreError': 'NaN', 'scoreUnit': 's/op'},"
                        + "'secondaryMetrics': " + metrics + "}")
                .replace('\'', '"'));
    }
}
