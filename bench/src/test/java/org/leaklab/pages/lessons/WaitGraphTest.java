package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.StuckThread;
import org.leaklab.lab.StuckThread.Awaited;
import org.leaklab.pages.lessons.Drawing.Box;

/** A picture has every stuck thread in it, what it waits for, and who could end that. */
@Tag("once")
class WaitGraphTest {

    private static final Evidence EVIDENCE = new Evidence();

    static {
        EVIDENCE.read(List.of(Path.of("../results")));
    }

    static List<Evidence.Seen> seen() {
        return Catalogue.load().all().stream()
                .flatMap(scenario -> EVIDENCE.seen(scenario.leak()).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seen")
    void everyStuckThreadIsInThePicture(Evidence.Seen cell) {
        WaitGraph graph = WaitGraph.of(cell.stuck());
        Drawing drawing = Drawing.of(graph);
        assertThat(drawing.boxes().stream().filter(box -> box.kind().equals("thread")))
                .extracting(Box::text)
                .containsExactlyElementsOf(
                        cell.stuck().stream().map(StuckThread::name).toList());
        assertThat(graph.things().stream().flatMap(thing -> thing.waiting().stream()))
                .as("each waits for one thing")
                .hasSize(cell.stuck().size())
                .doesNotHaveDuplicates();
        assertThat(drawing.arrows().stream().filter(arrow -> arrow.kind().equals("waits")))
                .hasSize(cell.stuck().size());
        assertThat(drawing.boxes()).allSatisfy(box -> {
            assertThat(box.x() + box.width()).isLessThan(drawing.width());
            assertThat(box.y() + box.height()).isLessThan(drawing.height());
            assertThat(drawing.boxes())
                    .filteredOn(other -> other != box && other.x() == box.x())
                    .allMatch(other -> Math.abs(other.y() - box.y()) > box.height(), "stands clear of " + box);
        });
    }

    /** A new scenario that waits in a new way gets a word for it. */
    @ParameterizedTest
    @MethodSource("seen")
    void everyWaitHasAName(Evidence.Seen cell) {
        assertThat(Activity.of(cell.stuck())).doesNotContain(Activity.OTHER);
    }

    private static StuckThread thread(String name, int number, String holder, boolean lives) {
        return new StuckThread(
                name,
                "waiting",
                new Awaited(
                        number, "org.leaklab.core.Mutex", "mutex (held by " + holder + ", 1 waiting)", holder, lives),
                List.of("org.leaklab.core.Mutex.lock(Mutex.java:23)"));
    }

    @Test
    void aCircleComesBackToItsThreads() {
        WaitGraph graph = WaitGraph.of(List.of(thread("one", 1, "other", true), thread("other", 2, "one", true)));
        assertThat(graph.things())
                .extracting(WaitGraph.Thing::ending)
                .containsExactly(new WaitGraph.Ending.Stuck(1), new WaitGraph.Ending.Stuck(0));
        assertThat(graph.sentences())
                .containsExactly(
                        "one: wants the mutex 1 (1 waiting); other holds it, and is stuck itself.",
                        "other: wants the mutex 2 (1 waiting); one holds it, and is stuck itself.");
        assertThat(Drawing.of(graph).arrows())
                .extracting(Drawing.Arrow::kind)
                .containsExactly("waits", "held", "waits", "held");
    }

    @Test
    void aHolderThatHasEndedIsSaidSo() {
        WaitGraph graph = WaitGraph.of(List.of(thread("one", 1, "gone", false), thread("two", 1, "gone", false)));
        assertThat(graph.sentences())
                .containsExactly("one, two: wants the mutex (1 waiting); gone has ended, and still holds it.");
    }

    @Test
    void thingsThatAreAlikeShareASentence() {
        List<String> write = List.of("java.base/sun.nio.ch.SocketChannelImpl.write(S.java:1)");
        StuckThread one = new StuckThread("writer", "waiting", null, write);
        StuckThread starved = new StuckThread("late", "runnable", null, List.of());
        assertThat(WaitGraph.of(List.of(one, one, starved, starved)).sentences())
                .containsExactly(
                        "2 × writer: each writes to a socket of its own; the other side neither reads nor closes.",
                        "2 × late: never got the carrier; those that are stuck keep every carrier.");
    }

    @Test
    void whatAThreadDoesIsReadFromItsStack() {
        assertThat(wait(
                        "waiting",
                        "org.leaklab.core.Waiter.await(W.java:1)",
                        "org.leaklab.core.Channel.send(C.java:2)"))
                .isEqualTo(Activity.SEND);
        assertThat(
                        wait(
                                "waiting",
                                "java.base/java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lockInterruptibly(R.java:1)"))
                .isEqualTo(Activity.WRITE_LOCK);
        assertThat(wait("runnable", "org.example.Loop.turn(Loop.java:1)")).isEqualTo(Activity.COMPUTES);
        assertThat(wait("waiting", "org.example.Own.sendChannel.sender(Own.java:1)"))
                .isEqualTo(Activity.OTHER);
        assertThat(wait("runnable")).isEqualTo(Activity.STARVES);
    }

    private static Activity wait(String state, String... stack) {
        return Activity.of(new StuckThread("t", state, null, List.of(stack)));
    }
}
