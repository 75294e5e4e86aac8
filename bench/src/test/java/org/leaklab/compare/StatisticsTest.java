package org.leaklab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statistics against figures of R and of tables; where there is no reference, against counting by hand. */
@Tag("once")
class StatisticsTest {

    private static double[] of(double... values) {
        return values;
    }

    /**
     * Hollander and Wolfe, Nonparametric Statistical Methods, p. 69; R's help page of wilcox.test: p = 0.1272
     * one-sided.
     */
    @Test
    void rankSumAsInR() {
        double[] term = of(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);
        double[] early = of(1.15, 0.88, 0.90, 0.74, 1.21);
        assertThat(MannWhitney.p(term, early)).isCloseTo(2 * 0.1272061, within(2e-7));
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

    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
    @Test
    void holmAsInR() {
        assertThat(Holm.correct(of(0.01, 0.04, 0.03, 0.005)))
                .containsExactly(of(0.03, 0.06, 0.06, 0.02), within(1e-15));
        assertThat(Holm.correct(of(0.6, Double.NaN, 0.7))).containsExactly(of(1, Double.NaN, 1), within(0.0));
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

    @Test
    void theIntervalOfARatioHoldsIt() {
        double[] base = new Random(5).doubles(20, 90, 110).toArray();
        double[] slower = new Random(6).doubles(20, 180, 220).toArray();
        Sample.Interval ratio = new Sample(slower).ratioTo(new Sample(base));
        assertThat(ratio.low()).isBetween(1.8, 2.0);
        assertThat(ratio.high()).isBetween(2.0, 2.2);
        assertThat(new Sample(slower).ratioTo(new Sample(base))).isEqualTo(ratio);
        assertThat(new Sample(1).ratioTo(new Sample(base)).low()).isNaN();
    }
}
