package org.leaklab.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Scenario;
import org.leaklab.timeline.Timeline.Lane;
import org.leaklab.timeline.Timeline.Step;
import org.leaklab.timeline.Timeline.What;
import org.leaklab.timeline.example.OneOrder;

/** What is recorded is what the code of a scenario does, in its order, and nothing else. */
class RecordingTest {

    /** Steps as words: the thread, what it did, and of what. */
    private static List<String> words(Timeline timeline) {
        List<String> words = new ArrayList<>();
        for (Step step : timeline.steps()) {
            assertThat(step.line() > 0)
                    .as("%s has a line if it is a call", step)
                    .isEqualTo(step.what().compareTo(What.CALLS) >= 0
                            && step.what().compareTo(What.THREW) <= 0);
            words.add((timeline.lanes().get(step.lane()).thread() + " "
                            + step.what().word() + " " + step.of() + (step.times() > 1 ? " x" + step.times() : ""))
                    .strip());
        }
        return words;
    }

    @ParameterizedTest
    @EnumSource
    void aSenderGoesIntoItsPutAndStaysThere(ThreadKind kind) throws Exception {
        Timeline timeline = Recording.of(Catalogue.load().get("send-without-receiver", Idiom.JDK), kind);
        assertThat(words(timeline)).containsExactly("main starts sender", "sender goes into BlockingQueue.put");
        assertThat(timeline.lanes())
                .containsExactly(
                        new Lane("main", "returned", 0),
                        new Lane("sender", "waiting", timeline.steps().getLast().line()));
        assertThat(timeline.jdk()).isEqualTo(Runtime.version().toString());
    }

    @Test
    void exceptionsLoopsAndFactoriesAreRecorded() throws Exception {
        assertThat(words(Recording.of(new OneOrder(), ThreadKind.PLATFORM)))
                .containsSubsequence(
                        "main starts taker",
                        "taker goes into SynchronousQueue.take",
                        "taker threw SynchronousQueue.take",
                        "taker ends",
                        "last begins",
                        "last goes into Semaphore.acquire")
                .contains("main calls BlockingQueue.put x3");
    }

    /** In a hand-over neither side can come back before both have gone into it; so who was first is seen to wait. */
    @Test
    void whoWaitedIsSeenToComeBack() throws Exception {
        List<String> words = words(Recording.of(new OneOrder(), ThreadKind.PLATFORM));
        String first = words.stream()
                .filter(word -> word.matches("main goes into BlockingQueue.take|giver goes into BlockingQueue.put"))
                .findFirst()
                .orElseThrow();
        assertThat(words).containsSubsequence(first, first.replace("goes into", "comes back"));
    }

    /** A loop that never ends has an end in the record. */
    @Test
    void aLoopIsNotRecordedForEver() throws Exception {
        for (Scenario scenario : Catalogue.load().idioms("sleep-ignores-cancellation")) {
            assertThat(Recording.of(scenario, ThreadKind.PLATFORM).steps()).hasSizeLessThan(40);
        }
    }

    @Test
    void whatNeedsAJvmOfItsOwnIsNotRecorded() {
        Scenario pinned = Catalogue.load().get("pinned-carrier");
        assertThat(Recording.isPossible(pinned)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Recording.of(pinned, ThreadKind.VIRTUAL));
    }
}
