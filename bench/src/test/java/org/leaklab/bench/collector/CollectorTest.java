package org.leaklab.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The allocating program makes young collections happen, and they are counted; the words for stuck threads are heeded.
 */
class CollectorTest {

    @Test
    void youngCollectionsAreCounted() {
        YoungCollections before = YoungCollections.now();
        assertThat(YoungCollections.now().since(before).mean()).isNaN();
        Allocation allocation = new Allocation();
        List<Object> last = List.of();
        for (int i = 0; i < 50_000_000 && YoungCollections.now().since(before).count() == 0; i++) {
            last = List.of(allocation.allocate());
        }
        assertThat(last).isNotEmpty();
        assertThat(YoungCollections.now().since(before).count()).isPositive();
        assertThat(YoungCollections.now().since(before).mean()).isNotNegative();
    }

    @Test
    void theWordSaysWhoIsStuck() throws Exception {
        long before = platform();
        try (AutoCloseable stuck = Beside.of("7-platform")) {
            assertThat(stuck).isNotNull();
            assertThat(platform()).isEqualTo(before + 7);
        }
        assertThat(platform()).isEqualTo(before);
        Beside.of("none").close();
    }

    private static long platform() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("stuck"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "virtual", "-1-virtual", "10", "10-green"})
    void otherWordsAreRefused(String word) {
        assertThatThrownBy(() -> Beside.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as in 10000-virtual");
    }
}
