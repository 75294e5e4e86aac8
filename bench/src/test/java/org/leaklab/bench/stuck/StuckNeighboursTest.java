package org.leaklab.bench.stuck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for stuck threads are heeded. */
class StuckNeighboursTest {

    @Test
    void theWordSaysWhoIsStuck() throws Exception {
        long before = platform();
        try (AutoCloseable stuck = StuckNeighbours.of("7-platform")) {
            assertThat(stuck).isNotNull();
            assertThat(platform()).isEqualTo(before + 7);
        }
        assertThat(platform()).isEqualTo(before);
        StuckNeighbours.of("none").close();
    }

    private static long platform() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("stuck"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "virtual", "-1-virtual", "10", "10-green"})
    void otherWordsAreRefused(String word) {
        assertThatThrownBy(() -> StuckNeighbours.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as in 10000-virtual");
    }
}
