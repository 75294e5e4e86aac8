package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.StuckThread.Awaited;

/** A cell says of each stuck thread what it waits for and who holds that. */
class StuckThreadTest {

    private static List<StuckThread> stuck(String id, ThreadKind kind) throws InterruptedException {
        CellResult result = new Lab().run(new Cell(Catalogue.load().get(id), Variant.LEAKY, kind, 1));
        assertThat(result.stuck()).hasSize(result.observedStuck());
        return result.stuck();
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatWaitForEachOther(ThreadKind kind) throws InterruptedException {
        assertThat(stuck("lock-order-deadlock", kind))
                .extracting(
                        StuckThread::name,
                        thread -> waitsFor(thread).number(),
                        thread -> waitsFor(thread).holder())
                .containsExactly(tuple("alice to bob", 1, "bob to alice"), tuple("bob to alice", 2, "alice to bob"));
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatWaitForTheSame(ThreadKind kind) throws InterruptedException {
        assertThat(stuck("surplus-senders", kind))
                .hasSize(9)
                .allSatisfy(thread -> assertThat(waitsFor(thread))
                        .isEqualTo(new Awaited(
                                1,
                                "org.leaklab.core.Channel",
                                "channel (0 of 0, 9 sending, 0 receiving)",
                                null,
                                false)));
    }

    @ParameterizedTest
    @EnumSource
    void aHolderThatHasEnded(ThreadKind kind) throws InterruptedException {
        assertThat(stuck("mutex-never-unlocked", kind)).hasSize(9).allSatisfy(thread -> {
            assertThat(waitsFor(thread).holder()).isEqualTo("order");
            assertThat(waitsFor(thread).holderLives()).isFalse();
        });
    }

    @Test
    void whatTheJvmAloneKnows() throws InterruptedException {
        Awaited lock = waitsFor(stuck("owner-died", ThreadKind.PLATFORM).getFirst());
        assertThat(lock.holder()).isEqualTo("first clerk");
        assertThat(lock.holderLives()).isFalse();
        assertThat(waitsFor(stuck("missed-notify", ThreadKind.PLATFORM).getFirst())
                        .type())
                .isEqualTo("java.util.ArrayDeque");
    }

    @Test
    void aThreadThatWaitsForNothing() throws InterruptedException {
        StuckThread thread = stuck("infinite-loop", ThreadKind.PLATFORM).getFirst();
        assertThat(thread.waitsFor()).isNull();
        assertThat(thread.state()).isEqualTo("runnable");
        assertThat(String.join("\n", thread.stack())).contains("InfiniteLoop.countFields");
    }

    /** What a child JVM has seen comes back whole. */
    @Test
    void aThreadOfAnotherJvm() throws InterruptedException {
        StuckThread handler = stuck("pinned-carrier", ThreadKind.PLATFORM).getFirst();
        assertThat(handler.name()).isEqualTo("handler");
        assertThat(handler.state()).isEqualTo("waiting");
        assertThat(waitsFor(handler).says()).isEqualTo("channel (0 of 0, 0 sending, 1 receiving)");
        assertThat(String.join("\n", handler.stack())).contains("PinnedCarrier.lambda$leaky$0");
    }

    private static Awaited waitsFor(StuckThread thread) {
        Awaited awaited = thread.waitsFor();
        assertThat(awaited).as("what " + thread + " waits for").isNotNull();
        return awaited;
    }
}
