package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A million selects against one context that lives on leave nothing behind with it: a loser that stayed in its queue
 * would itself be a leak.
 */
@Tag("once")
class MillionSelectsTest extends CoreTest {

    private static final int SELECTS = 1_000_000;
    private static final int WOKEN_EVERY = 1_000;
    private static final int LEFT = 3_000;

    /** A million nodes left behind would be about a hundred times as much. */
    private static final long TOLERANCE = 1 << 20;

    private static final Duration SHORTEST = Duration.ofNanos(1);

    private final Context longLived = Context.background().withCancel();
    private final Channel<Void> done = (Channel<Void>) longLived.done();

    /** Live heap after collection. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) { // what one collection only makes collectable goes with the next
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void leaveNothingOnTheirLongLivedContext() throws InterruptedException {
        Channel<Integer> work = Channel.unbuffered();
        selectManyTimes(work, SELECTS / 100); // loads what is needed
        long before = heap();
        selectManyTimes(work, SELECTS);
        assertThat(done.waitingReceivers()).isZero();
        assertThat(work.waitingReceivers()).isZero();
        assertThat(longLived.dependents()).isZero();
        assertThat(heap() - before).as("growth of the heap").isLessThan(TOLERANCE);
        longLived.cancel();
    }

    /** Each waits on both and loses against the context: most by running out of time, the others by a value. */
    private void selectManyTimes(Channel<Integer> work, int times) {
        Call<Void> worker = go(() -> {
            for (int select = 0; select < times; select++) {
                Select<Boolean> either =
                        new Select<Boolean>().onDone(longLived, () -> false).onReceive(work, item -> true);
                if (select % WOKEN_EVERY != 0) {
                    either.onTimeout(SHORTEST, () -> true);
                }
                assertThat(either.run()).isTrue();
            }
        });
        while (!worker.isOver()) {
            try {
                boolean ignored = work.send(1, Duration.ofMillis(1));
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts", e);
            }
        }
        assertThat(worker.failure()).isNull();
    }

    @Test
    void aLoserThatStaysWouldBeSeenByCountAndByHeap() throws InterruptedException {
        long before = heap();
        for (int left = 0; left < LEFT; left++) {
            Thread.startVirtualThread(() -> {
                try {
                    longLived.done().receive();
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts", e);
                }
            });
        }
        until(() -> done.waitingReceivers() == LEFT);
        assertThat(heap() - before).isGreaterThan(TOLERANCE);
        longLived.cancel();
        until(() -> done.waitingReceivers() == 0);
    }
}
