package org.leaklab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The statistics against figures of R, of SciPy and of tables; where there is no reference, against counting by hand.
 */
@Tag("once")
class StatisticsTest {

    private static final double[] TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    private static final double[] EARLY = {1.15, 0.88, 0.90, 0.74, 1.21};

    private static double[] of(double... values) {
        return values;
    }

    /**
     * Hollander and Wolfe, Nonparametric Statistical Methods, p. 69; R's help page of wilcox.test: p = 0.1272
     * one-sided.
     */
    @Test
    void rankSumAsInR() {
        assertThat(MannWhitney.p(TERM, EARLY)).isCloseTo(2 * 0.1272061, within(2e-7));
    }

    @Test
    void fullSeparationHasTheSmallestValueThereIs() {
        assertThat(MannWhitney.p(of(1, 2, 3, 4), of(5, 6, 7, 8))).isCloseTo(2 / 70.0, within(1e-15));
        assertThat(MannWhitney.p(of(1, 2, 3, 4, 5), of(6, 7, 8, 9, 10))).isCloseTo(2 / 252.0, within(1e-15));
        assertThat(MannWhitney.p(of(1, 2, 3), of(4, 5, 6))).isCloseTo(0.1, within(1e-15));
        assertThat(MannWhitney.least(5, 5)).isCloseTo(2 / 252.0, within(1e-15));
        assertThat(MannWhitney.least(2, 3)).isCloseTo(0.2, within(1e-15));
    }

    /** Ranks 1.5 1.5 3 and 4.5 4.5: of ten ways to choose two, two have a sum as far from 6 as 9 is. */
    @Test
    void tiesAreCounted() {
        assertThat(MannWhitney.p(of(1, 1, 2), of(3, 3))).isCloseTo(2 / 10.0, within(1e-15));
        assertThat(MannWhitney.p(of(1, 1), of(1, 1))).isEqualTo(1);
    }

    @Test
    void exchangingTheSamplesChangesNothing() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            double[] one =
                    random.ints(2 + random.nextInt(6), 0, 5).asDoubleStream().toArray();
            double[] other =
                    random.ints(2 + random.nextInt(9), 0, 5).asDoubleStream().toArray();
            assertThat(MannWhitney.p(one, other)).isEqualTo(MannWhitney.p(other, one));
        }
    }

    @Test
    void largeSamplesAreApproximatedWell() {
        double[] one = new Random(1).doubles(30).toArray();
        double[] other = new Random(2).doubles(30, 0.2, 1.2).toArray();
        double[] more = new Random(2).doubles(31, 0.2, 1.2).toArray();
        assertThat(MannWhitney.p(one, more)).isCloseTo(MannWhitney.p(one, other), within(0.02));
    }

    @Test
    void anEmptySampleHasNoAnswer() {
        assertThat(MannWhitney.p(of(), of(1))).isNaN();
    }

    /** SciPy 1.17: scipy.stats.false_discovery_control(p, method="bh"), which is R's p.adjust(p, "BH"). */
    @Test
    void falseDiscoveriesAsInSciPy() {
        assertThat(FalseDiscoveries.correct(of(0.01, 0.04, 0.03, 0.005)))
                .containsExactly(of(0.02, 0.04, 0.039999999999999994, 0.02), within(1e-12));
        assertThat(FalseDiscoveries.correct(
                        of(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251)))
                .containsExactly(
                        of(
                                0.012,
                                0.048,
                                0.1008,
                                0.1008,
                                0.1008,
                                0.12,
                                0.12685714285714284,
                                0.24218181818181816,
                                0.24218181818181816,
                                0.24218181818181816,
                                0.24218181818181816,
                                0.251),
                        within(1e-12));
        assertThat(FalseDiscoveries.correct(of(0.6, Double.NaN, 0.7)))
                .containsExactly(of(0.7, Double.NaN, 0.7), within(1e-15));
        assertThat(FalseDiscoveries.correct(of())).isEmpty();
    }

    /** Table of order statistics for the median: six values give 96.9 %, the extremes; ten the second and the ninth. */
    @Test
    void theIntervalOfTheMedianIsThatOfOrderStatistics() {
        assertThat(new Sample(5, 1, 4, 2, 3, 6).interval()).isEqualTo(new Sample.Interval(1, 6));
        assertThat(new Sample(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).interval()).isEqualTo(new Sample.Interval(2, 9));
        assertThat(new Sample(1, 2, 3, 4, 5).interval().low()).isNaN();
        assertThat(new Sample().median()).isNaN();
        assertThat(new Sample(3, 1).median()).isEqualTo(2);
    }

    /**
     * SciPy 1.17: the ratios r, of those of all pairs, at which scipy.stats.mannwhitneyu(term, r * early,
     * method="exact") begins and ceases to be above 5 %.
     */
    @Test
    void theIntervalOfARatioIsWhatTheTestOfSciPyDoesNotReject() {
        Sample.Interval ratio = new Sample(TERM).ratioTo(new Sample(EARLY));
        assertThat(ratio.low()).isCloseTo(0.859504132231405, within(1e-9));
        assertThat(ratio.high()).isCloseTo(1.9594594594594594, within(1e-9));
    }

    /** Twenty rows of results of JDK 21 and 25, recomputed with SciPy 1.17 in the same way; means of forks. */
    @ParameterizedTest
    @CsvFileSource(resources = "/statistics/scipy-rows.csv", numLinesToSkip = 1)
    void rowsOfResultsAsInSciPy(String base, String now, double p, double low, double high) {
        assertThat(MannWhitney.p(numbers(now), numbers(base))).isCloseTo(p, within(1e-12));
        Sample.Interval ratio = new Sample(numbers(now)).ratioTo(new Sample(numbers(base)));
        assertThat(ratio.low()).isCloseTo(low, withinPercentage(1e-9));
        assertThat(ratio.high()).isCloseTo(high, withinPercentage(1e-9));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Of 25 ratios the third from each end, as R's qwilcox(0.025, 5, 5) is 3; of 16 the ends. */
    @Test
    void theEndsOfTheIntervalAreThoseOfTables() {
        assertThat(MannWhitney.outside(5, 5, 0.05)).isEqualTo(3);
        assertThat(MannWhitney.outside(4, 4, 0.05)).isEqualTo(1);
        assertThat(MannWhitney.outside(3, 3, 0.05)).isZero();
        assertThat(MannWhitney.outside(10, 10, 0.05)).isEqualTo(24);
        assertThat(MannWhitney.outside(31, 30, 0.05)).isCloseTo(MannWhitney.outside(30, 30, 0.05), within(16));
    }

    /**
     * An interval without 1 and a p-value of at most 5 % are the same without ties: never a word against its own
     * interval.
     */
    @Test
    void theIntervalAndTheTestNeverContradict() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            double[] one = random.doubles(4 + random.nextInt(4), 90, 110).toArray();
            double[] other = random.doubles(4 + random.nextInt(4), 95, 120).toArray();
            Sample.Interval ratio = new Sample(one).ratioTo(new Sample(other));
            assertThat(ratio.low() > 1 || ratio.high() < 1).isEqualTo(MannWhitney.p(one, other) <= 0.05);
        }
    }

    /** With ties they may differ. Of all 252 ways to choose five of these ten, 12 have a rank sum as far out. */
    @Test
    void tiesMayBeSignificantWithAnIntervalThatTouchesOne() {
        double[] one = {8, 8, 8, 8, 8};
        double[] other = {8, 9, 9, 9, 9};
        assertThat(MannWhitney.p(one, other)).isCloseTo(12 / 252.0, within(1e-15));
        assertThat(new Sample(one).ratioTo(new Sample(other))).isEqualTo(new Sample.Interval(8 / 9.0, 1));
    }

    @Test
    void valuesThatAreNotAboveZeroHaveNoRatio() {
        assertThat(new Sample(1, 2, 3, 4).ratioTo(new Sample(0, 0, 0, 0)).isKnown())
                .isFalse();
        assertThat(new Sample(1, 2, 3).ratioTo(new Sample(4, 5, 6)).isKnown()).isFalse();
        assertThat(new Sample().ratioTo(new Sample()).isKnown()).isFalse();
    }

    private static Values forks(double... forks) {
        Sample sample = new Sample(forks);
        return new Values(sample.median(), sample, sample, Double.NaN);
    }

    private static Judge.Pair pair(double base, double now, int forks) {
        return new Judge.Pair(
                forks(DoubleStream.iterate(base, value -> value + 0.01)
                        .limit(forks)
                        .toArray()),
                forks(DoubleStream.iterate(now, value -> value + 0.01)
                        .limit(forks)
                        .toArray()));
    }

    /** p = 2/252 each: among four questions alone 0.032, among eight 0.063. */
    @Test
    void whatIsAskedTogetherIsJudgedTogether() {
        Judge.Pair change = pair(10, 20, 5);
        Judge.Pair none = pair(10, 10, 5);
        assertThat(Judge.USUAL.all(List.of(change, none, none, none)).getFirst().word())
                .isEqualTo(Judge.Word.SIGNIFICANT);
        List<Judge.Pair> eight = List.of(change, none, none, none, none, none, none, none);
        assertThat(Judge.USUAL.all(eight).stream().map(Judge.Verdict::word).distinct())
                .containsExactly(Judge.Word.SEPARATED, Judge.Word.NOT_SEEN);
        assertThat(new Judge(0.05, false).all(eight).getFirst().word()).isEqualTo(Judge.Word.SIGNIFICANT);
        assertThat(Judge.USUAL.fewestForks(1)).isEqualTo(4);
        assertThat(Judge.USUAL.fewestForks(8)).isEqualTo(6);
        assertThat(Judge.USUAL.fewestForks(100)).as("as docs/compare.md says").isEqualTo(8);
    }

    /** Whatever is shown: here the mean, which one fork decides. */
    @Test
    void theDirectionIsThatOfTheRanks() {
        Sample base = new Sample(100, 101, 102, 103, 104, 105, 5000);
        Sample now = new Sample(130, 131, 132, 133, 134, 135, 136);
        Judge.Verdict verdict = Judge.USUAL.one(
                new Judge.Pair(new Values(802.1, base, base, Double.NaN), new Values(133, now, now, Double.NaN)));
        assertThat(verdict.word()).isEqualTo(Judge.Word.SIGNIFICANT);
        assertThat(verdict.direction()).isEqualTo(1);
        assertThat(Judge.USUAL.one(new Judge.Pair(score(10, 1), score(9, 1))).direction())
                .isEqualTo(-1);
    }

    /** By all pairs: the larger sum of ranks, ties with half, is that of whatever is larger in more of them. */
    @Test
    void theDirectionIsTheSideOfTheMeanOnWhichTheRankSumIs() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            double[] one =
                    random.ints(1 + random.nextInt(6), 0, 5).asDoubleStream().toArray();
            double[] other =
                    random.ints(1 + random.nextInt(6), 0, 5).asDoubleStream().toArray();
            double sum = 0;
            for (double value : one) {
                for (double than : DoubleStream.concat(Arrays.stream(one), Arrays.stream(other))
                        .toArray()) {
                    sum += than < value ? 1 : than == value ? 0.5 : 0;
                }
            }
            sum += one.length / 2.0; // a rank counts its own value wholly
            double mean = one.length * (one.length + other.length + 1) / 2.0;
            assertThat((double) MannWhitney.direction(one, other)).isEqualTo(Math.signum(sum - mean));
        }
    }

    /** In Python: the mean of the 25th and the 26th of all 50 ratios. */
    @Test
    void theMiddleRatioIsInTheInterval() {
        assertThat(new Sample(TERM).middleRatioTo(new Sample(EARLY))).isCloseTo(1.3124685591088752, within(1e-12));
        Random random = new Random(9);
        for (int i = 0; i < 500; i++) {
            Sample one = new Sample(random.doubles(4 + random.nextInt(4), 1, 9).toArray());
            Sample other =
                    new Sample(random.doubles(4 + random.nextInt(4), 1, 9).toArray());
            Sample.Interval interval = one.ratioTo(other);
            assertThat(one.middleRatioTo(other)).isBetween(interval.low(), interval.high());
        }
    }

    @Test
    void withoutEnoughForksRangesAreAHint() {
        assertThat(Judge.USUAL.one(pair(10, 20, 3)).word()).isEqualTo(Judge.Word.SEPARATED);
        assertThat(Judge.USUAL.one(pair(10, 10.01, 3)).word()).isEqualTo(Judge.Word.NOT_SEEN);
        assertThat(Judge.USUAL.one(pair(10, 20, 1)).word()).isEqualTo(Judge.Word.NOT_TESTED);
        assertThat(Judge.USUAL.one(new Judge.Pair(score(10, 1), score(12.5, 1))).word())
                .isEqualTo(Judge.Word.SEPARATED);
        assertThat(Judge.USUAL.one(new Judge.Pair(score(10, 1), score(11.5, 1))).word())
                .isEqualTo(Judge.Word.NOT_SEEN);
        assertThat(Judge.USUAL
                        .one(new Judge.Pair(score(10, Double.NaN), score(99, 1)))
                        .word())
                .isEqualTo(Judge.Word.NOT_TESTED);
    }

    private static Values score(double score, double error) {
        return new Values(score, new Sample(), new Sample(), error);
    }

    /** Where nothing differs, the share of answers that are called significant is at most 5 % of the comparisons. */
    @Test
    void whereNothingDiffersHardlyAnythingIsSaid() {
        Random random = new Random(11);
        int wrong = 0;
        for (int run = 0; run < 200; run++) {
            List<Judge.Pair> pairs = random.ints(40, 0, 1000)
                    .mapToObj(seed -> new Judge.Pair(forks(noise(random)), forks(noise(random))))
                    .toList();
            boolean any = Judge.USUAL.all(pairs).stream().anyMatch(verdict -> verdict.word() == Judge.Word.SIGNIFICANT);
            wrong += any ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(10);
    }

    private static double[] noise(Random random) {
        double[] noise = new double[8];
        Arrays.setAll(noise, i -> Math.exp(random.nextGaussian() * 0.09));
        return noise;
    }
}
