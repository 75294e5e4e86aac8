package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of waiters, and what a primitive learns of spinning. */
class WaitableTest {

    private static final class Place extends Waitable {
        @Override
        boolean handsOver() {
            return true;
        }
    }

    private final Place place = new Place();

    private List<WaitNode> line(int length) {
        List<WaitNode> nodes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            WaitNode node = new WaitNode(new Waiter());
            place.add(node);
            nodes.add(node);
        }
        return nodes;
    }

    private List<WaitNode> left() {
        List<WaitNode> left = new ArrayList<>();
        for (WaitNode node; (node = place.first()) != null; ) {
            assertThat(place.remove(node)).isTrue();
            left.add(node);
        }
        assertThat(place.inLine()).isZero();
        return left;
    }

    @Test
    void firstComeFirstOut() {
        List<WaitNode> nodes = line(4);
        assertThat(place.inLine()).isEqualTo(4);
        assertThat(left()).isEqualTo(nodes);
        assertThat(line(1)).isEqualTo(left()); // it can be used again
    }

    @Test
    void whoeverGivesUpLeavesTheOthersInTheirOrder() {
        for (int gone = 0; gone < 4; gone++) {
            List<WaitNode> nodes = line(4);
            WaitNode node = nodes.remove(gone);
            assertThat(place.remove(node)).isTrue();
            assertThat(place.remove(node)).as("it is not in line any more").isFalse();
            assertThat(place.inLine()).isEqualTo(3);
            assertThat(node.next).isNull();
            assertThat(node.previous).isNull();
            assertThat(left()).isEqualTo(nodes);
        }
    }

    @Test
    void whoIsNotInLineTakesNobodyOut() {
        List<WaitNode> nodes = line(1);
        assertThat(place.remove(new WaitNode(new Waiter()))).isFalse();
        assertThat(left()).isEqualTo(nodes);
    }

    @Test
    void whoGaveUpIsPassedOver() {
        List<WaitNode> nodes = line(3);
        assertThat(nodes.getFirst().complete()).isTrue(); // elsewhere
        assertThat(place.completeFirst()).isSameAs(nodes.get(1).waiter);
        assertThat(place.completeFirst()).isSameAs(nodes.get(2).waiter);
        assertThat(place.completeFirst()).isNull();
    }

    /** Whether the next wait spins as one that is learned of, after which it is a hit or a miss. */
    private boolean spins(boolean hit) {
        Waiter waiter = new Waiter();
        place.chooseSpin(waiter);
        if (hit) {
            assertThat(waiter.complete()).isTrue();
        }
        place.spin(waiter);
        return waiter.spin.isTrial();
    }

    private int skipped(boolean hit) {
        int skipped = 0;
        while (!spins(hit)) {
            skipped++;
        }
        return skipped;
    }

    @Test
    void missesMakeSpinningRareAndHitsBringItBack() {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            return; // nobody spins
        }
        assertThat(skipped(false)).as("at first").isEqualTo(8);
        for (int miss = 0; miss < 3; miss++) {
            assertThat(skipped(false)).as("after %s misses", miss + 1).isZero();
        }
        assertThat(skipped(false)).as("after 4 misses").isZero();
        assertThat(skipped(false)).as("after 5 misses").isEqualTo(2);
        assertThat(skipped(true)).as("after 6 misses").isEqualTo(4);
        assertThat(skipped(false)).as("after a hit").isZero();
        assertThat(skipped(false))
                .as("after a hit, and one miss more than the half of 6")
                .isZero();
        assertThat(skipped(false)).as("after 5 again").isEqualTo(2);
    }
}
