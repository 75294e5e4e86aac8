package org.leaklab.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.leaklab.bench.ParamValues;
import org.leaklab.bench.stuck.StuckOn;

/** JMH's parameters are constants; they must not fall behind the ways of being stuck. */
class RetainedMemoryTest {

    @Test
    void everyWayOfBeingStuckIsMeasured() throws NoSuchFieldException {
        assertThat(ParamValues.of(RetainedMemory.class, "on"))
                .containsExactlyElementsOf(
                        Arrays.stream(StuckOn.values()).map(StuckOn::word).toList());
    }
}
