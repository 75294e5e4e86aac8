package org.leaklab.core.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a primitive learns of spinning. */
class SpinPolicyTest {

    private static final class Place extends SpinPolicy {
        @Override
        protected boolean handsOver() {
            return true;
        }
    }

    private final Place place = new Place();

    /** Whether the next wait spins as one that is learned of, after which it is a hit or a miss. */
    private boolean spins(boolean hit) {
        Waiter waiter = new Waiter();
        place.chooseSpin(waiter);
        if (hit) {
            assertThat(waiter.complete()).isTrue();
        }
        place.spin(waiter);
        return waiter.spin.isTrial();
    }

    private int skipped(boolean hit) {
        int skipped = 0;
        while (!spins(hit)) {
            skipped++;
        }
        return skipped;
    }

    @Test
    void missesMakeSpinningRareAndHitsBringItBack() {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            return; // nobody spins
        }
        assertThat(skipped(false)).as("at first").isEqualTo(8);
        for (int miss = 0; miss < 3; miss++) {
            assertThat(skipped(false)).as("after %s misses", miss + 1).isZero();
        }
        assertThat(skipped(false)).as("after 4 misses").isZero();
        assertThat(skipped(false)).as("after 5 misses").isEqualTo(2);
        assertThat(skipped(true)).as("after 6 misses").isEqualTo(4);
        assertThat(skipped(false)).as("after a hit").isZero();
        assertThat(skipped(false))
                .as("after a hit, and one miss more than the half of 6")
                .isZero();
        assertThat(skipped(false)).as("after 5 again").isEqualTo(2);
    }
}
