package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.junit.suite.LeftThread.Verdict;

/** What is said of threads after a probe is what the probe saw. */
class VerdictsTest {

    private static ThreadSnapshot look(long id, String name, Thread.State state, String waitsOn) {
        return new ThreadSnapshot(
                name,
                id,
                ThreadKind.VIRTUAL,
                state,
                waitsOn,
                "creator",
                Duration.ofSeconds(id),
                List.of(new StackTraceElement("shop.Shop", "waitsOn" + waitsOn, "Shop.java", 1)));
    }

    private static LeftThread left(long id) {
        TestsSeen.Starter nobody = new TestsSeen.Starter(List.of(), false, null);
        return new LeftThread(
                look(id, "left " + id, Thread.State.RUNNABLE, "Before"), nobody, Verdict.LEFT_BEHIND, false);
    }

    private static ThreadSnapshot later(long id) {
        return look(id, "", Thread.State.WAITING, "After");
    }

    @Test
    void aThreadIsShownWhereTheProbeHasSeenIt() {
        Finding finding = new Finding(
                List.of(later(1), later(2)),
                Set.of(2L),
                List.of(later(3)),
                List.of(),
                1,
                Map.of(),
                "a method",
                true,
                Duration.ofSeconds(1),
                "a scope");
        List<LeftThread> judged = Verdicts.judged(List.of(left(1), left(2), left(3), left(4)), finding);
        assertThat(judged)
                .extracting(LeftThread::verdict)
                .containsExactly(Verdict.NEVER, Verdict.UNLESS_INTERRUPTED, Verdict.PERHAPS, Verdict.LEFT_BEHIND);
        assertThat(judged)
                .extracting(each -> each.look().name() + " " + each.look().state() + " "
                        + each.look().stack().getFirst().getMethodName())
                .containsExactly(
                        "left 1 WAITING waitsOnAfter",
                        "left 2 WAITING waitsOnAfter",
                        "left 3 WAITING waitsOnAfter",
                        "left 4 RUNNABLE waitsOnBefore");
        assertThat(judged.getFirst().look().waitsOn()).isEqualTo("After");
        assertThat(judged.getFirst().look().creator()).isEqualTo("creator");
    }
}
