package org.leaklab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The test of pairs against SciPy 1.17: {@code scipy.stats.permutation_test((d,), numpy.mean,
 * permutation_type="samples", n_resamples=inf)}, and its interval by bisection of that p-value of {@code d - x} at 5 %.
 */
@Tag("once")
class SignFlipTest {

    private static final double[] EIGHT = {0.031, -0.012, 0.045, 0.027, 0.009, 0.052, -0.004, 0.038};
    private static final double[] SIX = {0.02, 0.03, 0.01, 0.05, 0.04, 0.06};
    private static final double[] TIES = {0, 0, 0.01, 0.01, -0.01, 0.02, 0.03};

    /** Darwin's maize, differences in inches; R. A. Fisher, The Design of Experiments, section 21: 863 of 16,384. */
    private static final double[] MAIZE = {
        6.125, -8.375, 1, 2, 0.75, 2.875, 3.5, 5.125, 1.75, 3.625, 7, 3, 9.375, 7.5, -6
    };

    private static void isInterval(double[] differences, double low, double high, double exact) {
        Sample.Interval interval = new SignFlip(differences).interval(0.05);
        assertThat(interval.low()).isCloseTo(low, within(exact));
        assertThat(interval.high()).isCloseTo(high, within(exact));
    }

    @Test
    void asInSciPy() {
        assertThat(new SignFlip(EIGHT).p()).isCloseTo(0.046875, within(1e-15));
        assertThat(new SignFlip(SIX).p()).isCloseTo(0.03125, within(1e-15));
        assertThat(new SignFlip(TIES).p()).isCloseTo(0.25, within(1e-15));
        assertThat(new SignFlip(MAIZE).p())
                .isCloseTo(0.05267333984375, within(1e-15))
                .isCloseTo(863 / 16_384.0, within(1e-15));
        isInterval(EIGHT, 0.0025, 0.0426666666, 1e-8);
        isInterval(SIX, 0.01, 0.06, 1e-8);
        isInterval(TIES, -0.005, 0.02, 1e-8);
        isInterval(MAIZE, -0.0208333, 5.125, 1e-5);
    }

    @Test
    void sixPairsAreTheLeast() {
        assertThat(new SignFlip(1, 2, 3, 4, 5).p()).isEqualTo(2 / 32.0).isEqualTo(SignFlip.least(5));
        assertThat(new SignFlip(1, 2, 3, 4, 5).interval(0.05).isKnown()).isFalse();
        assertThat(SignFlip.least(6)).isEqualTo(2 / 64.0);
        assertThat(SignFlip.level(8, 0.05)).isEqualTo(12 / 256.0);
        assertThat(new SignFlip().p()).isEqualTo(1);
        assertThat(new SignFlip(0, 0, 0, 0, 0, 0).p()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new SignFlip(1, Double.NaN));
    }

    /** Also where subsets are drawn: the interval is without zero exactly if the p-value is at most 5 %. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 12, 21, 40})
    void intervalAndValueNeverContradict(int pairs) {
        Random random = new Random(pairs);
        int significant = 0;
        for (int run = 0; run < 100; run++) {
            double shift = random.nextDouble() * 2 / Math.sqrt(pairs);
            double[] differences = random.doubles(pairs)
                    .map(uniform -> shift + Math.log(uniform / (1 - uniform)) / 2)
                    .toArray();
            SignFlip test = new SignFlip(differences);
            Sample.Interval interval = test.interval(0.05);
            boolean without = interval.low() > 0 || interval.high() < 0;
            assertThat(without).as(Arrays.toString(differences)).isEqualTo(test.p() <= 0.05);
            assertThat(test.mean()).isBetween(interval.low(), interval.high());
            significant += without ? 1 : 0;
        }
        assertThat(significant).as("both answers occur").isBetween(5, 95);
    }

    /** Beyond 20 pairs the p-value is an estimate: of 21 pairs against all two million choices of signs. */
    @Test
    void drawnSubsetsComeNearToAll() {
        Random random = new Random(5);
        for (int run = 0; run < 3; run++) {
            double[] differences = random.doubles(21, -1, 1.2).toArray();
            double seen = Math.abs(Arrays.stream(differences).sum()) * (1 - 1e-12);
            int extreme = 0;
            for (int signs = 0; signs < 1 << 21; signs++) {
                double sum = 0;
                for (int i = 0; i < 21; i++) {
                    sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
                }
                extreme += Math.abs(sum) >= seen ? 1 : 0;
            }
            double all = extreme / (double) (1 << 21);
            assertThat(new SignFlip(differences).p()).isCloseTo(all, within(0.01)); // five standard errors and more
        }
    }

    /**
     * A simulation: of 2,000 experiments with the smallest change that eight pairs show, four fifths show it. In NumPy
     * the same was 0.79.
     */
    @Test
    void theSmallestChangeIsSeenFourTimesInFive() {
        PairPower power = new PairPower(0.08, 0.05);
        double change = power.smallest(8);
        assertThat(change).isCloseTo(0.08 * 1.168, within(1e-3));
        assertThat(seen(8, change, 0.08)).isBetween(0.75, 0.83);
        assertThat(seen(8, 0, 0.08)).as("false alarms").isBetween(0.03, 0.06);
        assertThat(power.smallest(5)).isInfinite();
        int pairs = power.pairsFor(Math.log(1.02));
        assertThat(power.smallest(pairs)).isLessThanOrEqualTo(Math.log(1.02));
        assertThat(power.smallest(pairs - 1)).isGreaterThan(Math.log(1.02));
        assertThat(pairs).as("as the field notes say: 120 to 170 pairs").isBetween(120, 170);
    }

    /** Six pairs show a change only if all of them lie on its side; the t-test would promise 1.587. */
    @Test
    void withSixPairsEachMustBeOnItsSide() {
        double change = new PairPower(0.08, 0.05).smallest(6);
        assertThat(change).isCloseTo(0.08 * 1.793, within(1e-4));
        assertThat(seen(6, change, 0.08)).isBetween(0.77, 0.83);
    }

    private static double seen(int pairs, double change, double deviation) {
        Random random = new Random(11);
        int runs = 2000;
        int seen = 0;
        for (int run = 0; run < runs; run++) {
            double[] differences = new double[pairs];
            Arrays.setAll(differences, i -> change + deviation * random.nextGaussian());
            seen += new SignFlip(differences).p() <= 0.05 ? 1 : 0;
        }
        return seen / (double) runs;
    }
}
