package org.leaklab.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.bench.ParamValues;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/** No row of throughput is that of a life that waits for time, and no other life has no row for that. */
@Tag("once")
class TimedLivesTest {

    /** A planted one: its life is the 5 ms that it sleeps. */
    @Leak(id = "sleeps", family = Family.CHANNEL, stuck = 0, at = "Thread.sleep", cause = "c", cure = "c")
    static class Sleeps implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("sleeper", () -> Thread.sleep(5));
        }

        @Override
        public void fixed(Threads threads) {
            threads.start("sleeper", () -> {});
        }
    }

    private static List<Cell> cells(Scenario scenario) {
        List<Cell> cells = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            for (ThreadKind kind : ThreadKind.values()) {
                cells.add(new Cell(scenario, variant, kind, 1));
            }
        }
        return cells;
    }

    @Test
    void aLifeThatSleepsIsSeen() throws Exception {
        List<Cell> cells = cells(new Sleeps());
        Map<Cell, Integer> waits = WaitsForTime.of(cells);
        assertThat(cells)
                .allSatisfy(cell -> assertThat(waits.getOrDefault(cell, 0))
                        .as(cell.toString())
                        .matches(count -> cell.variant() == Variant.LEAKY ? count >= WaitsForTime.LIVES : count == 0));
    }

    @Test
    void theScenariosWithoutARowAreThoseWhoseLivesWaitForTime() throws Exception {
        List<Cell> cells = Catalogue.load().all().stream()
                .filter(scenario -> !Cell.needsOwnJvm(scenario.leak()))
                .flatMap(scenario -> cells(scenario).stream())
                .filter(cell -> TimedLives.names().contains(cell.name()) || isBenchmarked(cell.name()))
                .toList();
        TreeSet<String> timed = new TreeSet<>();
        TreeSet<String> perhaps = new TreeSet<>();
        WaitsForTime.of(cells).forEach((cell, waits) -> {
            perhaps.add(cell.name());
            if (waits >= WaitsForTime.LIVES) {
                timed.add(cell.name());
            }
        });
        perhaps.addAll(List.of("pinned-carrier", "pinned-carrier/jdk")); // they need a JVM of their own
        assertThat(TimedLives.names()).containsAll(timed);
        assertThat(perhaps).containsAll(TimedLives.names());
    }

    private static boolean isBenchmarked(String name) {
        try {
            return ParamValues.of(ScenarioThroughput.class, "scenario").contains(name);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void toMeasureOneIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TimedLives.refuse("ticker-never-stopped"))
                .withMessageStartingWith("a life of ticker-never-stopped waits for a limit");
        assertThatCode(() -> TimedLives.refuse("first-result-wins")).doesNotThrowAnyException();
    }
}
