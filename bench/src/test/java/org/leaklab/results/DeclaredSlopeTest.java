package org.leaklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.bench.memory.MemoryHeadlines;

/** A slope that a file declares: of rows with a parameter, or of the iterations of a row with a metric. */
@Tag("once")
class DeclaredSlopeTest {

    @TempDir
    Path folder;

    private HeadlineMeasures declared(String slope) throws IOException {
        return HeadlineFile.read(Files.writeString(folder.resolve("headlines.json"), """
                [{"group": "memory", "measure": "bytes of a thread", "benchmark": "Retained", "metric": "heap", "slope": "%s"}]
                """.formatted(slope)))
                .getFirst();
    }

    private static JmhResult.Metric metric(String unit, List<List<Double>> forks) {
        return new JmhResult.Metric(unit, forks.getFirst().getFirst(), Double.NaN, forks);
    }

    private static JmhResult row(Map<String, String> params, Map<String, JmhResult.Metric> metrics) {
        return new JmhResult(
                "com.acme.Retained.stuck",
                params,
                "ss",
                "25",
                List.of(),
                metric("ms/op", List.of(List.of(1.0))),
                metrics);
    }

    /** Two forks a row: 1,000 bytes and 900 a thread, on top of 5,000. */
    private static List<JmhResult> rowsWithAParameter(int... sizes) {
        List<JmhResult> rows = new ArrayList<>();
        for (String kind : List.of("virtual", "platform")) {
            for (int size : sizes) {
                double more = kind.equals("virtual") ? 1 : 10;
                rows.add(row(
                        Map.of("kind", kind, "threads", String.valueOf(size)),
                        Map.of(
                                "heap",
                                metric(
                                        "B/op",
                                        List.of(
                                                List.of(5000 + 1000 * more * size),
                                                List.of(5000 + 900 * more * size))))));
            }
        }
        return rows;
    }

    @Test
    void ofRowsWithAParameter() throws IOException {
        List<Headline> headlines = declared("threads").of(rowsWithAParameter(10, 20, 40));
        assertThat(headlines).hasSize(2);
        Headline virtual = headlines.getFirst();
        assertThat(virtual.params())
                .containsEntry("benchmark", "Retained.stuck")
                .containsEntry("kind", "virtual");
        assertThat(virtual.params()).doesNotContainKey("threads");
        assertThat(virtual.unit()).isEqualTo("B/threads");
        assertThat(virtual.forks().get(0)).isCloseTo(1000, within(1e-6));
        assertThat(virtual.forks().get(1)).isCloseTo(900, within(1e-6));
        assertThat(virtual.value()).isCloseTo(950, within(1e-6));
        assertThat(headlines.get(1).value()).isCloseTo(9500, within(1e-6));
    }

    /** SciPy 1.17: scipy.stats.linregress([100, 200, 400, 800], [2100, 2900, 5200, 8700]).slope = 9.5391... */
    @Test
    void ofIterationsWithAMetric() throws IOException {
        JmhResult row = row(
                Map.of(),
                Map.of(
                        "population", metric("threads", List.of(List.of(100.0, 200.0, 400.0, 800.0))),
                        "heap", metric("B", List.of(List.of(2100.0, 2900.0, 5200.0, 8700.0)))));
        Headline headline = declared("population").of(List.of(row)).getFirst();
        assertThat(headline.value()).isCloseTo(9.539130434782608, within(1e-9));
        assertThat(headline.forks()).hasSize(1);
    }

    @Test
    void twoSizesAreNoSlope() throws IOException {
        assertThat(declared("threads").of(rowsWithAParameter(10, 20))).isEmpty();
        assertThat(declared("other").of(rowsWithAParameter(10, 20, 40))).isEmpty();
    }

    @Test
    void aWordIsNoSize() throws IOException {
        HeadlineMeasures declared = declared("kind");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared.of(rowsWithAParameter(10)))
                .withMessage("the headline \"bytes of a thread\" is a slope with kind, and com.acme.Retained.stuck has "
                        + "kind=virtual, which is no number");
    }

    /** Declared in a file, leaklab's own headline has the same figures. */
    @Test
    void isWhatLeaklabSaysOfItsOwnResults() throws IOException {
        List<JmhResult> results = ResultFile.read(Path.of("../results/25/memory.json"));
        List<Headline> own = new MemoryHeadlines()
                .of(results).stream()
                        .filter(headline -> headline.measure().equals("heap of a stuck thread"))
                        .toList();
        String declaration = """
                [{"group": "m", "measure": "heap", "benchmark": "RetainedMemory", "metric": "heap",
                  "slope": "population", "over": "fifths"}]
                """;
        List<Headline> declared = HeadlineFile.read(Files.writeString(folder.resolve("own.json"), declaration))
                .getFirst()
                .of(results);
        assertThat(own).isNotEmpty();
        for (Headline headline : own) {
            assertThat(headline.forks()).isNotEmpty();
            assertThat(declared).anySatisfy(same -> {
                assertThat(same.forks()).hasSameSizeAs(headline.forks());
                for (int fork = 0; fork < same.forks().size(); fork++) {
                    assertThat(same.forks().get(fork))
                            .isCloseTo(headline.forks().get(fork), within(1e-6));
                }
            });
        }
    }
}
