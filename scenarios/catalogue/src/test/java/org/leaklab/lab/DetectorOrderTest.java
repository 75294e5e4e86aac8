package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.core.ThreadKind;

/** What detectors say of a cell does not depend on the cells that ran before it. */
@Tag("once") // it is about the lab, and the cells themselves are run on every JDK
class DetectorOrderTest {

    private static final List<String> SCENARIOS =
            List.of("mutex-never-unlocked", "lock-order-deadlock", "executor-never-shut-down", "send-without-receiver");

    @Test
    void theyAnswerTheSameInBothOrders() throws InterruptedException {
        List<Cell> cells = new ArrayList<>();
        for (String id : SCENARIOS) {
            for (ThreadKind kind : ThreadKind.values()) {
                cells.add(new Cell(Catalogue.load().get(id), Variant.LEAKY, kind, 1));
            }
        }
        Map<String, List<Said>> there = said(cells);
        Collections.reverse(cells);
        Map<String, List<Said>> back = said(cells);
        assertThat(back).containsExactlyInAnyOrderEntriesOf(there);
    }

    /** What one detector leaves behind must not change what the next one finds in the same cell. */
    @ParameterizedTest
    @CsvSource({
        "send-without-receiver, PLATFORM",
        "send-without-receiver, VIRTUAL",
        "executor-never-shut-down, PLATFORM",
        "executor-never-shut-down, VIRTUAL",
        "mutex-never-unlocked, VIRTUAL",
        "class-initializer-waits-for-thread, VIRTUAL" // the probe of reachability held what its pinned thread waits on
    })
    void eachAnswersTheSameAloneAndAfterTheOthers(String id, ThreadKind kind) throws InterruptedException {
        Cell cell = new Cell(Catalogue.load().get(id), Variant.LEAKY, kind, 1);
        List<Said> together = new Lab().run(cell, EnumSet.allOf(Detector.class)).said();
        for (Detector detector : Detector.values()) {
            List<Said> alone = new Lab().run(cell, EnumSet.of(detector)).said();
            assertThat(together).as(cell + " " + detector).containsAll(alone);
        }
    }

    private static Map<String, List<Said>> said(List<Cell> cells) throws InterruptedException {
        Map<String, List<Said>> said = new LinkedHashMap<>();
        Lab lab = new Lab();
        for (Cell cell : cells) {
            CellResult result = lab.run(cell, EnumSet.allOf(Detector.class));
            assertThat(result.asExpected()).as(result.toString()).isTrue();
            said.put(cell.toString(), result.said());
        }
        return said;
    }
}
