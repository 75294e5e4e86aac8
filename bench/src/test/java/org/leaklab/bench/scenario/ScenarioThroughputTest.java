package org.leaklab.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.bench.ParamValues;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Cycle;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Waits;

/** JMH's parameters are constants; they must not fall behind the catalogue. */
@Tag("once")
class ScenarioThroughputTest {

    /** All but those that need a JVM of their own, or start one, and those that wait for time. */
    @Test
    void everyScenarioIsBenchmarked() throws NoSuchFieldException {
        assertThat(ParamValues.of(ScenarioThroughput.class, "scenario"))
                .containsExactlyInAnyOrderElementsOf(Catalogue.load().all().stream()
                        .map(scenario -> new Cell(scenario, Variant.LEAKY, ThreadKind.VIRTUAL, 1))
                        .filter(cell -> !cell.needsOwnJvm()
                                && cell.scenario().leak().waits() != Waits.PROCESS
                                && !TimedLives.names().contains(cell.name()))
                        .map(Cell::name)
                        .toList());
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Catalogue.load().all()) {
            if (!Cell.needsOwnJvm(scenario.leak())) {
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
