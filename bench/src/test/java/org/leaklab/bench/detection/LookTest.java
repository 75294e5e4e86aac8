package org.leaklab.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look is of all stuck threads, and one that is not is caught. */
class LookTest {

    @ParameterizedTest
    @EnumSource
    void everyDetectorReportsThoseThatAreStuck(PolledDetector.Kind detector) throws InterruptedException {
        for (int stuck : new int[] {0, 20}) {
            try (Look look = Look.beside(stuck, detector::at)) {
                assertThat(look.once()).isEqualTo(stuck);
            }
        }
    }

    @Test
    void aBlindDetectorIsCaught() throws InterruptedException {
        try (Look look = Look.beside(3, launcher -> () -> 0)) {
            assertThatIllegalStateException()
                    .isThrownBy(look::once)
                    .withMessage("the detector reports 0 threads beside 3 that are stuck");
        }
    }

    @Test
    void oneThatSeesMoreIsCaughtToo() throws InterruptedException {
        try (Look look = Look.beside(0, launcher -> () -> 1)) {
            assertThatIllegalStateException().isThrownBy(look::once);
        }
    }
}
