package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Idiom;

/** The JDK's own tools see the deadlocks of platform threads, and none of virtual ones. */
class JdkToolsTest {

    private static final Set<Detector> TOOLS = EnumSet.of(Detector.JSTACK, Detector.THREAD_MX_BEAN, Detector.JSON_DUMP);

    private static CellResult run(String id, Variant variant, ThreadKind kind) throws InterruptedException {
        CellResult result = new Lab().run(new Cell(Catalogue.load().get(id, Idiom.JDK), variant, kind, 1), TOOLS);
        assertThat(result.asExpected()).as(result.toString()).isTrue();
        return result;
    }

    private static List<String> verdicts(CellResult result) {
        return result.said().stream()
                .filter(said -> said.detector().equals(Detector.JSTACK.word())
                        || said.detector().equals(Detector.THREAD_MX_BEAN.word()))
                .map(said -> said.verdict(result.observedStuck()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aCircleOfLocks(ThreadKind kind) throws InterruptedException {
        String verdict = kind == ThreadKind.PLATFORM ? "caught" : "missed";
        assertThat(verdicts(run("lock-order-deadlock", Variant.LEAKY, kind))).containsExactly(verdict, verdict);
        assertThat(verdicts(run("lock-order-deadlock", Variant.FIXED, kind))).containsOnly("silent");
    }

    @Test
    void aLockWhoseOwnerHasEndedIsNoDeadlockToThem() throws InterruptedException {
        assertThat(verdicts(run("owner-died", Variant.LEAKY, ThreadKind.PLATFORM)))
                .containsOnly("missed");
    }

    /**
     * The dump lists the threads of both kinds, on the JDKs where it is taken, also beside the detector that takes
     * virtual threads out of the JDK's list.
     */
    @ParameterizedTest
    @EnumSource
    void whoIsListed(ThreadKind kind) throws InterruptedException {
        CellResult result = run("surplus-senders", Variant.LEAKY, kind);
        Said dump = result.said().stream()
                .filter(said -> said.detector().equals(Detector.JSON_DUMP.word()))
                .findFirst()
                .orElseThrow();
        if (Runtime.version().feature() == 25) {
            assertThat(dump.sight()).isEqualTo(Said.Sight.CANNOT_SEE);
            assertThat(dump.lines()).singleElement().asString().contains("JDK-8364343");
        } else {
            assertThat(dump.found()).isEqualTo(9);
        }
    }
}
