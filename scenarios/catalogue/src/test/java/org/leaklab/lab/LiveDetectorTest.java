package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.core.ThreadKind;

/** A probe of a JVM that runs a cell shows what is stuck in it, on virtual threads. */
class LiveDetectorTest {

    private static final int FIRST_WITHOUT_PINNING = 24;

    private static Said look(String scenario, Variant variant, ThreadKind kind) throws InterruptedException {
        CellResult result =
                new Lab().run(new Cell(Catalogue.load().get(scenario), variant, kind, 1), Set.of(Detector.LIVE));
        assertThat(result.asExpected()).as(result.toString()).isTrue();
        return result.said().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"send-without-receiver, 1", "first-result-wins, 4", "lock-order-deadlock, 2"})
    void catchesWhatNobodyReaches(String scenario, int stuck) throws Exception {
        Said said = look(scenario, Variant.LEAKY, ThreadKind.VIRTUAL);
        assertThat(said.verdict(stuck)).as(said.toString()).isEqualTo("caught");
    }

    @Test
    void isSilentWhereNothingLeaks() throws Exception {
        assertThat(look("first-result-wins", Variant.FIXED, ThreadKind.VIRTUAL).verdict(0))
                .isEqualTo("silent");
    }

    @Test
    void doesNotJudgePlatformThreads() throws Exception {
        Said said = look("send-without-receiver", Variant.LEAKY, ThreadKind.PLATFORM);
        assertThat(said.verdict(1)).isEqualTo("cannot see");
        assertThat(said.lines()).containsExactly("not judged: a probe looks at virtual threads");
    }

    /** The JDK holds a pool weakly, and its virtual threads through the pool alone: the first collection takes both. */
    @Test
    void saysWhatIsGone() throws Exception {
        Said said = look("executor-never-shut-down", Variant.LEAKY, ThreadKind.VIRTUAL);
        assertThat(said.verdict(2)).as(said.toString()).isEqualTo("cannot see");
        assertThat(said.lines()).singleElement().asString().startsWith("2 gone: ");
    }

    /** Until JDK 24 a thread that waits in synchronized keeps its carrier; without a carrier there is no self-test. */
    @Test
    void saysWhyItCannotLook() throws Exception {
        Said said = look("pinned-carrier", Variant.LEAKY, ThreadKind.VIRTUAL);
        boolean pinned = Runtime.version().feature() < FIRST_WITHOUT_PINNING;
        assertThat(said.verdict(1)).as(said.toString()).isEqualTo(pinned ? "cannot see" : "caught");
        assertThat(said.lines()).singleElement().asString().contains(pinned ? "no carrier" : "PinnedCarrier");
    }
}
