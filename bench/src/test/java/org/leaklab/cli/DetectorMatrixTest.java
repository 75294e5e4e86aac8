package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.CellResult;
import org.leaklab.lab.Detector;
import org.leaklab.lab.Said;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Scenario;

/** The matrix tells a proof from a suspicion, and does not pass over a leak that nobody reports. */
@Tag("once")
class DetectorMatrixTest {

    private final StringWriter out = new StringWriter();

    private static CellResult result(String id, Idiom idiom, Variant variant, Said... said) {
        Scenario scenario = Catalogue.load().get(id, idiom);
        Cell cell = new Cell(scenario, variant, ThreadKind.VIRTUAL, 1);
        int stuck = cell.expectedStuck(Runtime.version().feature());
        List<Said> all = new ArrayList<>(List.of(said));
        for (Detector detector : Detector.values()) {
            if (all.stream().noneMatch(one -> one.detector().equals(detector.word()))) {
                int found = detector == Detector.COUNT ? stuck : 0;
                all.add(new Said(detector.word(), Said.Sight.SEES, found, 0, List.of()));
            }
        }
        return new CellResult(cell, stuck, stuck, 1, 1 + stuck, 1, null, List.of(), List.of(), List.of(), all);
    }

    private static Said said(Detector detector, int found, int suspected) {
        return new Said(detector.word(), Said.Sight.SEES, found, suspected, List.of());
    }

    private boolean matrix(CellResult... results) {
        DetectorMatrix matrix = new DetectorMatrix(
                new PrintWriter(out),
                List.of(results).stream()
                        .map(result -> result.cell().scenario())
                        .toList(),
                true);
        matrix.head();
        for (CellResult result : results) {
            matrix.add(result);
        }
        return matrix.foot();
    }

    @Test
    void aSuspicionIsNoCatchAndNoMiss() {
        assertThat(matrix(result("early-return", Idiom.JDK, Variant.LEAKY, said(Detector.HEAP_DUMP, 0, 1))))
                .isTrue();
        assertThat(out.toString())
                .containsPattern("early-return +jdk +virtual +1 .* suspect ")
                .containsPattern("heap-dump +recall 0 of 1 .* 1 suspect, 0 missed")
                .contains("0 reported as leaked or suspect by none");
    }

    @Test
    void whatIsReportedInPartIsNoCatchAndNoFalseAlarm() {
        assertThat(matrix(result("first-result-wins", Idiom.JDK, Variant.LEAKY, said(Detector.HEAP_DUMP, 1, 0))))
                .isTrue();
        assertThat(out.toString())
                .containsPattern("first-result-wins +jdk +virtual +\\d .* caught 1 of \\d ")
                .containsPattern("heap-dump +recall 0 of 1 .* precision 1 of 1 alarms, 1 in part, 0 suspect, 0 missed")
                .containsPattern("count +recall 1 of 1 .* precision 1 of 1 alarms, 0 suspect, 0 missed");
    }

    /** That it is counted, or that a tool of the JDK sees it, is no report. */
    @Test
    void whatNobodyReportsIsExplainedByItsClassOrIsAFault() {
        assertThat(matrix(result("infinite-loop", Idiom.JDK, Variant.LEAKY))).isTrue();
        assertThat(out.toString())
                .contains("1 reported as leaked or suspect by none")
                .contains("reported by none: infinite-loop/jdk leaky virtual: It computes");
        out.getBuffer().setLength(0);
        assertThat(matrix(result("early-return", Idiom.JDK, Variant.LEAKY, said(Detector.JSTACK, 1, 0))))
                .isFalse();
        assertThat(out.toString()).contains("early-return/jdk leaky virtual: its class does not say why");
    }

    /** It looked when the threads that it reports were not stuck yet, or were not there any more. */
    @Test
    void whereTheLabCannotTellNobodyIsJudged() {
        CellResult known = result("early-return", Idiom.JDK, Variant.LEAKY, said(Detector.HEAP_DUMP, 1, 0));
        CellResult late = new CellResult(
                known.cell(),
                known.expectedStuck(),
                0,
                1,
                2,
                1,
                null,
                List.of(),
                List.of(),
                List.of("cannot tell"),
                known.said());
        assertThat(late.verdictOn(said(Detector.HEAP_DUMP, 1, 0))).isEqualTo("?");
        assertThat(matrix(late)).isFalse();
        assertThat(out.toString())
                .containsPattern("early-return +jdk +virtual +0 +\\? +\\? ")
                .containsPattern("heap-dump +recall 0 of 0 .* precision 0 of 0 alarms")
                .contains("1 cells not as expected")
                .doesNotContain("false alarm");
    }

    @Test
    void aFalseAlarmIsAFaultAndASuspicionOfAFixedFormIsNone() {
        assertThat(matrix(result("early-return", Idiom.CHANNEL, Variant.FIXED, said(Detector.HEAP_DUMP, 0, 1))))
                .isTrue();
        assertThat(matrix(result("early-return", Idiom.CHANNEL, Variant.FIXED, said(Detector.LIVE, 1, 0))))
                .isFalse();
        assertThat(out.toString()).contains("false alarm", "(fixed)");
    }
}
