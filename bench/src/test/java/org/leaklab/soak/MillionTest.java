package org.leaklab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads are parked on channels, and all are woken; {@code scripts/million} does it with a million. */
class MillionTest {

    private static final int MANY = 20_000;
    private static final long MOST_BYTES = 6_000;
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("leaklab.patience", 10));

    @ParameterizedTest
    @EnumSource
    void allAreParkedAndAllAreWoken(Million.Shape shape) throws InterruptedException {
        Million.Row row = Million.run(shape, MANY, PATIENCE);
        assertThat(row.threads()).isEqualTo(MANY);
        assertThat(row.heapBytesPerThread()).isBetween(300L, MOST_BYTES);
        assertThat(row.leftBytes()).as("left when all have ended").isLessThan(row.heapBytes() / 4);
    }
}
