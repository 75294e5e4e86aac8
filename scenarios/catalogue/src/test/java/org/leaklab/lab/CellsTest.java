package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Scenario;

/** Every scenario, leaky and fixed, on both kinds of thread, does what its class says and leaves nothing behind. */
class CellsTest {

    static Stream<Cell> cells() {
        String only = System.getProperty("leaklab.only", "");
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Catalogue.load().all()) {
            if (!only.isEmpty() && !scenario.getClass().getName().matches(".*(" + only + ").*")) {
                continue;
            }
            for (Variant variant : Variant.values()) {
                for (ThreadKind kind : ThreadKind.values()) {
                    cells.add(new Cell(scenario, variant, kind, 1));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void doesWhatItsClassSays(Cell cell) throws InterruptedException {
        CellResult result = new Lab().run(cell);
        assertThat(result.complaints()).isEmpty();
        assertThat(result.observedStuck()).as("stuck").isEqualTo(result.expectedStuck());
        assertThat(result.wrongAnswer() != null).as("wrong answer").isEqualTo(cell.expectsWrongAnswer());
        assertThat(result.threadsAfter()).as("threads left").isEqualTo(result.threadsBefore());
    }
}
