package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.bench.MeasuredRow;
import org.leaklab.results.Headline;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/** Added nanoseconds become ratios of the operation, and these are held against their bars. */
class DetectorCostTest {

    private static JmhResult row(String detector, String operation, double... added) {
        double[] without = new double[added.length];
        Arrays.fill(without, 400);
        JmhResult times = MeasuredRow.of(
                        "overhead.DetectorOverhead.pairs",
                        "detector",
                        detector,
                        "operation",
                        operation,
                        "threads",
                        "virtual",
                        "stuck",
                        "0")
                .is("s/op", without);
        return MeasuredRow.with(MeasuredRow.with(times, "operation", "ns/op", without), "added", "ns/op", added);
    }

    private static DetectorCost cost(String detector, String operation, double... added) {
        return DetectorCost.of(List.of(row(detector, operation, added))).getFirst();
    }

    /**
     * By hand: the mean of 8, 10 and 12 ns is 10, half of the interval 4.303 * 2 / sqrt(3) = 4.968; of 400 ns 1.24 %.
     */
    @Test
    void theRatioIsOfTheOperation() {
        DetectorCost cost = cost("count", "fork-join", 8, 10, 12);
        assertThat(cost.without()).isEqualTo(400);
        assertThat(cost.ratio()).containsExactly(1.02, 1.025, 1.03);
        assertThat(cost.nanos().half()).isCloseTo(4.968, within(0.001));
        assertThat(cost.addedText()).isEqualTo("10.0 ± 5.0 ns");
        assertThat(cost.ratioText()).isEqualTo("1.025 ± 0.012");
    }

    /**
     * Ends by hand: 10 ± 4.97 ns are 1.013 to 1.037, 40 ± 4.97 ns 1.088 to 1.112, 20 ± 2.48 ns 1.044 to 1.056. The
     * smallest cost above the bar that the last would show is 5 % and 3.10 of 400 ns: (4.303 + 1.061) / sqrt(3) = 3.10.
     */
    @ParameterizedTest
    @CsvSource({
        "count, fork-join, 10, 2, reached",
        "reachability, fork-join, 40, 2, missed",
        "count, fork-join, 20, 1, open (5.8 % would have shown)",
        "reachability, hand-off, 40, 2, control",
        "count, select, 6, 1, control",
        "count, pool-submit, 6, 1, control",
        "none, select, 6, 1, ''",
        "profile, fork-join, 6, 1, ''"
    })
    void theIntervalIsHeldAgainstTheBar(String detector, String operation, double mean, double step, String verdict) {
        assertThat(cost(detector, operation, mean - step, mean, mean + step).verdictText())
                .isEqualTo(verdict);
    }

    @Test
    void oneForkTellsNothing() {
        assertThat(cost("count", "fork-join", 0).verdict()).isEqualTo(DetectorCost.Verdict.OPEN);
        assertThat(cost("count", "fork-join", 0).verdictText()).isEqualTo("open");
    }

    /** However large it is: nothing of the detector runs there. */
    @Test
    void aControlIsHeldAgainstNoBar() {
        DetectorCost cost = cost("reachability", "hand-off", 400, 400, 400);
        assertThat(cost.isControl()).isTrue();
        assertThat(cost.bar()).isNull();
        assertThat(cost.verdict()).isNull();
        assertThat(cost("reachability", "fork-join", 400, 400, 400).isControl()).isFalse();
        assertThat(cost("none", "hand-off", 400, 400, 400).isControl()).isFalse();
    }

    @Test
    void headlinesAreOfDetectorsOnly() {
        List<Headline> headlines = new OverheadHeadlines()
                .of(List.of(row("none", "select", 1, 2), row("count", "select", 4, Double.NaN, 8)));
        assertThat(headlines).extracting(Headline::unit).containsExactly("ns/op", "times that without");
        assertThat(headlines.getFirst().forks()).containsExactly(4.0, 8.0);
        assertThat(headlines.getFirst().value()).isEqualTo(6);
        assertThat(headlines.getLast().value()).isCloseTo(1.015, within(1e-12));
        assertThat(headlines.getFirst().params()).containsEntry("tracked", "yes");
    }

    /** They have both times with the harness, so no ratio of the operation alone. */
    @ParameterizedTest
    @ValueSource(ints = {21, 25, 26, 27})
    void olderResultsHaveTheDifferenceAndNoRatio(int release) {
        List<JmhResult> results = ResultFile.read(Path.of("src/test/resources/older", release + "", "overhead.json"));
        if (results.getFirst().secondary().containsKey("with")) {
            assertThat(DetectorCost.of(results)).hasSameSizeAs(results).allSatisfy(cost -> {
                assertThat(cost.ratio()).isEmpty();
                assertThat(cost.verdict()).isNull();
                assertThat(cost.added()).hasSizeGreaterThanOrEqualTo(5);
            });
            assertThat(new OverheadHeadlines().of(results))
                    .isNotEmpty()
                    .allSatisfy(headline -> assertThat(headline.unit()).isEqualTo("ns/op"));
        }
    }
}
