package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.core.ThreadKind;

/** A dump of the lab's own heap shows what is stuck in a cell, on both kinds of thread. */
class HeapDumpDetectorTest {

    private static final int FIRST_WITH_VIRTUAL_STACKS = 22;

    private static Said look(String scenario, Variant variant, ThreadKind kind) throws InterruptedException {
        CellResult result =
                new Lab().run(new Cell(Catalogue.load().get(scenario), variant, kind, 1), Set.of(Detector.HEAP_DUMP));
        assertThat(result.asExpected()).as(result.toString()).isTrue();
        return result.said().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "send-without-receiver, PLATFORM, 1",
        "send-without-receiver, VIRTUAL, 1",
        "first-result-wins, PLATFORM, 4",
        "first-result-wins, VIRTUAL, 4",
        "future-never-completed, PLATFORM, 1",
        "lock-order-deadlock, VIRTUAL, 2",
        "executor-never-shut-down, PLATFORM, 2",
        "executor-never-shut-down, VIRTUAL, 2"
    })
    void catchesWhatNobodyCanWake(String scenario, ThreadKind kind, int stuck) throws Exception {
        assumeThat(kind == ThreadKind.PLATFORM || Runtime.version().feature() >= FIRST_WITH_VIRTUAL_STACKS)
                .isTrue();
        Said said = look(scenario, Variant.LEAKY, kind);
        assertThat(said.verdict(stuck)).as(said.toString()).isEqualTo("caught");
    }

    @ParameterizedTest
    @CsvSource({"send-without-receiver, PLATFORM", "first-result-wins, VIRTUAL"})
    void isSilentWhereNothingLeaks(String scenario, ThreadKind kind) throws Exception {
        assertThat(look(scenario, Variant.FIXED, kind).verdict(0)).isEqualTo("silent");
    }

    @ParameterizedTest
    @CsvSource({"infinite-loop, PLATFORM"})
    void missesWhatRuns(String scenario, ThreadKind kind) throws Exception {
        assertThat(look(scenario, Variant.LEAKY, kind).verdict(1)).isEqualTo("missed");
    }
}
