package org.leaklab.core.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of waiters. */
class WaitQueueTest {

    private static final class Place extends WaitQueue {}

    private final Place place = new Place();

    private List<WaitNode> line(int length) {
        List<WaitNode> nodes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            WaitNode node = new WaitNode(new Waiter(), 0);
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
        assertThat(place.remove(new WaitNode(new Waiter(), 0))).isFalse();
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
}
