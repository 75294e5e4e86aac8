package org.leaklab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The interval is Student's, over forks. */
class ForkIntervalTest {

    /** R: t.test(c(1, 2, 3)) gives -0.4841377 to 4.4841377; qt(0.8, 2) / sqrt(3) is 0.6123724. */
    @Test
    void isThatOfStudent() {
        ForkInterval interval = ForkInterval.of(List.of(1.0, 2.0, 3.0));
        assertThat(interval.mean()).isEqualTo(2);
        assertThat(interval.low()).isCloseTo(-0.4841377, within(1e-6));
        assertThat(interval.high()).isCloseTo(4.4841377, within(1e-6));
        assertThat(interval.half()).isCloseTo(2.4841377, within(1e-6));
        assertThat(interval.least()).isCloseTo(2.4841377 + 0.6123724, within(1e-6));
    }

    @Test
    void aSingleForkHasNone() {
        ForkInterval interval = ForkInterval.of(List.of(7.0, Double.NaN));
        assertThat(interval.mean()).isEqualTo(7);
        assertThat(interval.low()).isNaN();
        assertThat(interval.high()).isNaN();
        assertThat(interval.least()).isNaN();
        assertThat(ForkInterval.of(List.of()).mean()).isNaN();
    }
}
