package org.leaklab.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.leaklab.bench.ParamValues;
import org.leaklab.bench.Words;

/** JMH's parameters are constants; they must not fall behind what can be measured. */
class DetectorOverheadTest {

    @Test
    void everyDetectorIsMeasured() throws NoSuchFieldException {
        assertThat(ParamValues.of(DetectorOverhead.class, "detector"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(AttachedDetector.values()).map(Words::of).toList());
    }

    @Test
    void everyOperationIsMeasured() throws NoSuchFieldException {
        assertThat(ParamValues.of(DetectorOverhead.class, "operation"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Operation.values()).map(Words::of).toList());
    }
}
