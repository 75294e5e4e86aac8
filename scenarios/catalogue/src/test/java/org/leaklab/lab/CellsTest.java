package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Scenario;

/** Every scenario, leaky and fixed, on both kinds of thread, does what its class says and leaves nothing behind. */
class CellsTest {

    static Stream<Cell> leaky() {
        return cells(Variant.LEAKY);
    }

    static Stream<Cell> fixed() {
        return cells(Variant.FIXED);
    }

    private static Stream<Cell> cells(Variant variant) {
        String only = System.getProperty("leaklab.only", "");
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Catalogue.load().all()) {
            if (!only.isEmpty() && !scenario.getClass().getName().matches(".*(" + only + ").*")) {
                continue;
            }
            for (ThreadKind kind : ThreadKind.values()) {
                cells.add(new Cell(scenario, variant, kind, 1));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void leaky(Cell cell) throws InterruptedException {
        doesWhatItsClassSays(cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Tag("once") // how threads get stuck differs from JDK to JDK, and not how they end
    void fixed(Cell cell) throws InterruptedException {
        doesWhatItsClassSays(cell);
    }

    private static void doesWhatItsClassSays(Cell cell) throws InterruptedException {
        CellResult result = new Lab().run(cell);
        assertThat(result.complaints()).isEmpty();
        assertThat(result.observedStuck()).as("stuck").isEqualTo(result.expectedStuck());
        assertThat(result.wrongAnswer() != null).as("wrong answer").isEqualTo(cell.expectsWrongAnswer());
        assertThat(result.threadsAfter()).as("threads left").isEqualTo(result.threadsBefore());
    }
}
