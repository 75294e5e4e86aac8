package org.leaklab.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.bench.ParamValues;
import org.leaklab.bench.Words;

/** JMH's parameters are constants; they must not fall behind the detectors. */
class DetectionParametersTest {

    private static List<String> detectors() {
        return Arrays.stream(PolledDetector.Kind.values()).map(Words::of).toList();
    }

    @Test
    void everyDetectorIsMeasured() throws NoSuchFieldException {
        assertThat(ParamValues.of(DetectionDelay.class, "detector")).containsExactlyInAnyOrderElementsOf(detectors());
        List<String> looks = new ArrayList<>(ParamValues.of(DetectionPass.class, "detector"));
        looks.add(Words.of(PolledDetector.Kind.REACHABILITY)); // has a benchmark of its own
        assertThat(looks).containsExactlyInAnyOrderElementsOf(detectors());
    }

    @ParameterizedTest
    @ValueSource(classes = {DetectionPass.class, ReachabilityProbe.class})
    void eachLooksBesideNothingToo(Class<?> benchmark) throws NoSuchFieldException {
        assertThat(ParamValues.of(benchmark, "stuck")).contains("0", "100000");
    }
}
