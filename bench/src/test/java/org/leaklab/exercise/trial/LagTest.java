package org.leaklab.exercise.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.testing.Eventually;

/** How long a woken thread waits for a processor is seen, also while it still waits. */
@Tag("once")
class LagTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong nanos = new AtomicLong(7);

    @Test
    void whoHasRunIsAskedAnew() {
        try (Lag lag = Lag.begin(nanos::get)) {
            for (int i = 0; i < 3; i++) {
                Eventually.until(lag::hasAnswered);
                nanos.addAndGet(100 * MILLI);
                assertThat(lag.look()).as("it ran before that").isZero();
            }
        }
    }

    @Test
    void whoDoesNotRunLagsMoreAndMore() throws InterruptedException {
        Lag lag = Lag.begin(nanos::get);
        Eventually.until(lag::hasAnswered);
        lag.close();
        lag.join();
        assertThat(lag.look()).isZero();
        nanos.addAndGet(100 * MILLI);
        assertThat(lag.look()).isEqualTo(100 * MILLI);
        nanos.addAndGet(100 * MILLI);
        assertThat(lag.look()).isEqualTo(200 * MILLI);
    }
}
