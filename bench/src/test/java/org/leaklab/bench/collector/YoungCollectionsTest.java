package org.leaklab.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The allocating program makes young collections happen, and they are counted. */
class YoungCollectionsTest {

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
}
