package org.leaklab.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.bench.MeasuredRow;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Lives, items and looks are headlines; lives that wait for time are not. */
class ScenarioHeadlinesTest {

    private static JmhResult life(String scenario, double... forks) {
        return MeasuredRow.of(
                        "scenario.ScenarioThroughput.life",
                        "scenario",
                        scenario,
                        "threads",
                        "virtual",
                        "variant",
                        "leaky")
                .is("ops/s", forks);
    }

    @Test
    void eachKindOfRowHasItsMeasure() {
        JmhResult look = MeasuredRow.of("scenario.StuckLook.look", "variant", "stack", "threads", "virtual")
                .is("ns/op", 3000, Double.POSITIVE_INFINITY);
        JmhResult items = MeasuredRow.of(
                        "scenario.PatternThroughput.items", "pattern", "pipeline", "threads", "virtual")
                .is("ops/s", 30_000, 50_000);
        List<Headline> headlines = new ScenarioHeadlines()
                .of(List.of(life("missed-notify", 20_000, 30_000), life("ticker-never-stopped", 20), look, items));
        assertThat(headlines)
                .extracting(Headline::measure, Headline::unit, Headline::better, Headline::value)
                .containsExactly(
                        tuple("lives of a scenario", "lives/s", Headline.Better.MORE, 25_000.0),
                        tuple("time of one look whether a thread is stuck", "ns", Headline.Better.LESS, 3000.0),
                        tuple("items through a pattern", "items/s", Headline.Better.MORE, 40_000.0));
        assertThat(headlines.getFirst().params().keySet()).containsExactly("scenario", "variant", "threads");
        assertThat(headlines.getFirst().forks()).containsExactly(20_000.0, 30_000.0);
    }

    /** It is what a life of a scenario is read against. */
    @Test
    void theEmptyLifeStandsBesideTheScenarios() {
        JmhResult empty = MeasuredRow.of(
                        "scenario.EmptyLife.life", "scenario", EmptyLife.NAME, "threads", "virtual", "variant", "fixed")
                .is("ops/s", 50_000, 60_000);
        List<Headline> headlines = new ScenarioHeadlines().of(List.of(life("missed-notify", 20_000), empty));
        assertThat(headlines).extracting(Headline::measure).containsOnly("lives of a scenario");
        assertThat(headlines.getLast().params()).containsEntry("scenario", "empty-life");
        assertThat(headlines.getLast().value()).isEqualTo(55_000);
    }

    /** Ten rows of scenarios and five of patterns, less the pinned carrier's two. */
    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27})
    void olderResultsHaveThemToo(int release) {
        assertThat(new ScenarioHeadlines()
                        .of(ResultFile.read(Path.of("src/test/resources/older", release + "", "scenario.json"))))
                .hasSize(13)
                .allSatisfy(headline -> assertThat(headline.forks()).hasSizeGreaterThanOrEqualTo(5));
    }
}
