package org.leaklab.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The regression against certified figures, and the test of linearity against planted curves. */
class SlopeTest {

    /** Data set Norris of NIST's Statistical Reference Datasets, as pairs of x and y. */
    private static final double[] NORRIS = {
        0.2, 0.1, 337.4, 338.8, 118.2, 118.1, 884.6, 888.0, 10.1, 9.2, 226.5, 228.1, 666.3, 668.5, 996.3, 998.5, 448.6,
        449.1, 777.0, 778.9, 558.2, 559.2, 0.4, 0.3, 0.6, 0.1, 775.5, 778.1, 666.9, 668.8, 338.0, 339.3, 447.5, 448.9,
        11.6, 10.8, 556.0, 557.7, 228.1, 228.3, 995.8, 998.0, 887.6, 888.8, 120.2, 119.6, 0.3, 0.3, 0.3, 0.6, 556.8,
        557.6, 339.1, 339.3, 887.2, 888.0, 999.0, 998.5, 779.0, 778.9, 11.1, 10.2, 118.3, 117.6, 229.2, 228.9, 669.1,
        668.4, 448.9, 449.2, 0.5, 0.2
    };

    /** Student's t at 97.5 % with 34 degrees of freedom, from R: qt(0.975, 34). */
    private static final double T = 2.032244509317718;

    @Test
    void itIsWhatNistCertifies() {
        List<Slope.Point> points = new ArrayList<>();
        for (int i = 0; i < NORRIS.length; i += 2) {
            points.add(new Slope.Point(NORRIS[i], NORRIS[i + 1]));
        }
        Slope slope = Slope.of(points);
        assertThat(slope.perThread()).isCloseTo(1.00211681802045, within(1e-12));
        assertThat(slope.intercept()).isCloseTo(-0.262323073774029, within(1e-10));
        assertThat(slope.rSquared()).isCloseTo(0.999993745883712, within(1e-12));
        assertThat((slope.high() - slope.low()) / 2).isCloseTo(T * 0.429796848199937e-03, within(1e-12));
        assertThat(slope.populations()).isEqualTo(36);
    }

    private static List<Slope.Point> populations(java.util.function.DoubleUnaryOperator bytes) {
        Random random = new Random(7);
        List<Slope.Point> points = new ArrayList<>();
        for (int size = 1; size <= 5; size++) {
            for (int fork = 0; fork < 5; fork++) {
                double threads = 20_000 * size;
                points.add(
                        new Slope.Point(threads, bytes.applyAsDouble(threads) * (1 + 0.002 * random.nextGaussian())));
            }
        }
        return points;
    }

    @Test
    void whatGrowsEvenlyIsLinear() {
        Slope slope = Slope.of(populations(threads -> 50_000 + 1_000 * threads));
        assertThat(slope.linear()).isTrue();
        assertThat(slope.perThread()).isBetween(slope.low(), slope.high()).isCloseTo(1_000, within(10.0));
    }

    @Test
    void whatGetsCheaperWithNumberIsNot() {
        assertThat(Slope.of(populations(threads -> threads < 50_000 ? 2_000 * threads : 50_000_000 + 1_000 * threads))
                        .linear())
                .isFalse();
        assertThat(Slope.of(List.of(
                                new Slope.Point(1, 1),
                                new Slope.Point(2, 4),
                                new Slope.Point(3, 9),
                                new Slope.Point(4, 16)))
                        .linear())
                .isFalse();
    }

    @Test
    void twoSizesAreNotEnough() {
        assertThatThrownBy(() -> Slope.of(List.of(new Slope.Point(1, 1), new Slope.Point(2, 2), new Slope.Point(2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least three sizes, not 2");
    }

    private static List<Slope.Point> fork(double slope) {
        return List.of(
                new Slope.Point(1, 7 + slope), new Slope.Point(2, 7 + 2 * slope), new Slope.Point(3, 7 + 3 * slope));
    }

    /** Slopes 10, 12, 14: mean 12, deviation 2; Student's t at 97.5 % with 2 degrees of freedom, from R: 4.302653. */
    @Test
    void severalForksHaveTheIntervalOfTheirSlopes() {
        Slope slope = Slope.ofForks(List.of(fork(10), fork(12), fork(14)));
        assertThat(slope.perThread()).isCloseTo(12, within(1e-9));
        assertThat(slope.high() - slope.perThread()).isCloseTo(4.302653 * 2 / Math.sqrt(3), within(1e-5));
        assertThat(Slope.ofForks(List.of(fork(10))).perThread()).isCloseTo(10, within(1e-9));
    }
}
