package org.leaklab.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.bench.ParamValues;
import org.leaklab.bench.Words;

/** JMH's parameters are constants; they must not fall behind the detectors. */
class DetectionParametersTest {

    @ParameterizedTest
    @ValueSource(classes = {DetectionPass.class, DetectionDelay.class})
    void everyDetectorIsMeasured(Class<?> benchmark) throws NoSuchFieldException {
        assertThat(ParamValues.of(benchmark, "detector"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PolledDetector.Kind.values())
                        .map(Words::of)
                        .toList());
    }
}
