package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** What is shown stands still: the threads are stuck when the exhibit is there. */
class ExhibitTest {

    private static final int TIMES = 20;

    @ParameterizedTest
    @CsvSource({
        "send-without-receiver, PLATFORM",
        "send-without-receiver, VIRTUAL",
        "pipeline, PLATFORM",
        "lock-order-deadlock, VIRTUAL",
        "infinite-loop, VIRTUAL",
        "sleep-ignores-cancellation, PLATFORM"
    })
    void itsThreadsAreStuck(String id, ThreadKind kind) throws Exception {
        Cell cell = new Cell(Catalogue.load().get(id), Variant.LEAKY, kind, 1);
        for (int i = 0; i < (id.equals("send-without-receiver") ? TIMES : 1); i++) {
            Launcher threads;
            try (Exhibit exhibit = Exhibit.of(cell)) {
                threads = exhibit.threads();
                assertThat(exhibit.isAtItsPlaces()).as("at its places").isTrue();
                assertThat(exhibit.isStuck()).as("stuck").isTrue();
            }
            assertThat(threads.live()).noneMatch(Launched::isLive);
        }
    }

    @Test
    void aFixedFormLeavesNothing() throws Exception {
        Cell cell = new Cell(Catalogue.load().get("pipeline"), Variant.FIXED, ThreadKind.VIRTUAL, 1);
        try (Exhibit exhibit = Exhibit.of(cell)) {
            assertThat(exhibit.threads().live()).isEmpty();
        }
    }

    @Test
    void aScenarioThatNeedsAJvmOfItsOwnIsRefused() {
        Cell cell = new Cell(Catalogue.load().get("pinned-carrier"), Variant.LEAKY, ThreadKind.VIRTUAL, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Exhibit.of(cell))
                .withMessageContaining("a JVM of its own");
    }
}
