package org.leaklab.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.results.JmhResult;

/** How many rounds an iteration had, counted or computed. */
class RoundsTest {

    private static JmhResult row(String benchmark, double nanos, String iterations) {
        return row(benchmark, nanos, iterations, Map.of());
    }

    private static JmhResult row(
            String benchmark, double nanos, String iterations, Map<String, JmhResult.Metric> secondary) {
        return new JmhResult(
                "org.leaklab.bench.core." + benchmark,
                Map.of(),
                "avgt",
                "25",
                List.of(),
                new JmhResult.Metric("ns/op", nanos, 1, List.of()),
                secondary,
                new JmhResult.Run("1", "?", "?", iterations));
    }

    /** A round of PingPong has 10,000 operations, one of ForkJoin 1,000; the last one is done to its end. */
    @ParameterizedTest
    @CsvSource({
        "PingPong.roundTrip, 1000, 3 x 100 ms after 5 x 120 ms, 10",
        "PingPong.roundTrip, 1050, 3 x 100 ms after 5 x 120 ms, 10",
        "PingPong.roundTrip, 38728, 3 x 100 ms after 5 x 120 ms, 1",
        "PingPong.roundTrip, 38728, 3 x 1.5 s after 2 x 500 ms, 4",
        "ForkJoin.task, 38728, 3 x 100 ms after 5 x 120 ms, 3",
        "ForkJoin.task, 500, 3 x 1 s after 5 x 120 ms, 2000",
    })
    void areAsManyAsFitIntoAnIteration(String benchmark, double nanos, String iterations, double rounds) {
        JmhResult row = row(benchmark, nanos, iterations);
        assertThat(Rounds.of(row)).hasValue(rounds);
        assertThat(Rounds.areEnough(row)).isEqualTo(rounds >= 5);
    }

    @Test
    void thoseThatWereCountedAreBelieved() {
        JmhResult.Metric counted = new JmhResult.Metric("rounds", 7, 0, List.of());
        JmhResult row =
                row("PingPong.roundTrip", 38_728, "3 x 100 ms after 5 x 120 ms", Map.of(CoreBenchmark.ROUNDS, counted));
        assertThat(Rounds.of(row)).hasValue(7);
        assertThat(Rounds.areEnough(row)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PingPong.roundTrip, 38728, ?",
        "PingPong.roundTrip, 38728, ? x ? after ? x ?",
        "PingPong.roundTrip, 38728, 1 x 1s after 0 x ?",
        "PingPong.roundTrip, NaN, 3 x 100 ms after 5 x 120 ms",
        "PingPong.noMore, 38728, 3 x 100 ms after 5 x 120 ms",
        "NoMore.value, 38728, 3 x 100 ms after 5 x 120 ms",
    })
    void whatIsNotKnownIsNoReasonToLeaveARowOut(String benchmark, double nanos, String iterations) {
        JmhResult row = row(benchmark, nanos, iterations);
        assertThat(Rounds.of(row)).isEqualTo(OptionalDouble.empty());
        assertThat(Rounds.areEnough(row)).isTrue();
    }
}
