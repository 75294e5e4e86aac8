package org.leaklab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.bench.detection.DetectionDelay;
import org.leaklab.bench.detection.DetectionPass;
import org.leaklab.bench.detection.Looker;
import org.leaklab.bench.memory.RetainedMemory;
import org.leaklab.bench.memory.StuckOn;
import org.leaklab.bench.overhead.Attachment;
import org.leaklab.bench.overhead.DetectorOverhead;
import org.leaklab.bench.overhead.Operation;
import org.leaklab.bench.scenario.PinnedCarrierThroughput;
import org.leaklab.bench.scenario.ScenarioThroughput;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Cycle;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Scenario;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/** JMH's parameters are constants; they must not fall behind the catalogue. */
class ParametersTest {

    private static List<String> values(Class<?> benchmark, String field) throws NoSuchFieldException {
        return List.of(benchmark.getField(field).getAnnotation(Param.class).value());
    }

    @Test
    void everyScenarioIsBenchmarked() throws NoSuchFieldException {
        List<String> benchmarked = new ArrayList<>(values(ScenarioThroughput.class, "scenario"));
        benchmarked.add(PinnedCarrierThroughput.SCENARIO);
        assertThat(benchmarked)
                .containsExactlyInAnyOrderElementsOf(Catalogue.load().ids());
    }

    @Test
    void theOneThatNeedsJvmOptionsGetsThem() {
        String[] options =
                Catalogue.load().get(PinnedCarrierThroughput.SCENARIO).leak().ownJvm();
        assertThat(options).isNotEmpty();
        assertThat(PinnedCarrierThroughput.class.getAnnotation(Fork.class).jvmArgsAppend())
                .contains(options);
    }

    @Test
    void everyWayOfBeingStuckIsMeasured() throws NoSuchFieldException {
        assertThat(values(RetainedMemory.class, "on"))
                .containsExactlyElementsOf(
                        Arrays.stream(StuckOn.values()).map(StuckOn::word).toList());
    }

    @Test
    void everyDetectorAndOperationIsMeasured() throws NoSuchFieldException {
        assertThat(values(DetectorOverhead.class, "detector"))
                .containsExactlyInAnyOrderElementsOf(words(Attachment.values()));
        assertThat(values(DetectorOverhead.class, "operation"))
                .containsExactlyInAnyOrderElementsOf(words(Operation.values()));
        assertThat(values(DetectionPass.class, "detector"))
                .containsExactlyInAnyOrderElementsOf(words(Looker.Kind.values()));
        assertThat(values(DetectionDelay.class, "detector"))
                .containsExactlyInAnyOrderElementsOf(words(Looker.Kind.values()));
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Catalogue.load().all()) {
            if (scenario.leak().ownJvm().length == 0) {
                for (Variant variant : Variant.values()) {
                    for (ThreadKind kind : ThreadKind.values()) {
                        cells.add(new Cell(scenario, variant, kind, 1));
                    }
                }
            }
        }
        return cells;
    }

    /** What a benchmark repeats: a life of each cell leaves the promised number and ends. */
    @ParameterizedTest
    @MethodSource("cells")
    void aCycleCanBeRepeated(Cell cell) throws Exception {
        Cycle cycle = new Cycle(cell);
        for (int i = 0; i < 5; i++) {
            assertThat(cycle.run())
                    .isEqualTo(cell.expectedStuck(Runtime.version().feature()));
        }
    }
}
