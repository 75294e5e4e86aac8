package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Three workers sum their pages in rounds with a {@link Phaser}. The one that has no more pages arrives for the last
 * time, and ends without signing off.
 *
 * <p>{@code arrive()} counts for this round only: the worker is still registered, so the phaser expects it in the next
 * round. It has ended and will not come. The other two wait in {@code arriveAndAwaitAdvance()}, which no interrupt
 * ends, and keep their stacks and their pages. As long as all workers have the same number of pages, nothing goes
 * wrong.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code WAITING (parking)}, each for a
 * {@code Phaser$QNode} of its own. The dump does not say how many parties are missing.
 */
@Leak(
        id = "phaser-never-deregistered",
        idiom = Idiom.JDK,
        family = Family.COUNTER,
        stuck = 2,
        at = "Phaser.arriveAndAwaitAdvance",
        endedBy = EndedBy.JVM,
        cause = "a party that has ended is still registered, and the next round waits for it",
        cure = "leave with arriveAndDeregister(), on every path",
        seenIn = {"segmentio/analytics-java#471", "segmentio/analytics-java#261"},
        unlike = "barrier-missing-party: a barrier has no way to sign off, a phaser has one")
public final class PhaserNeverDeregistered implements Scenario {

    private static final List<List<Integer>> BOOKS = List.of(List.of(12, 30, 4), List.of(7), List.of(5, 9, 8));

    @Override
    public void leaky(Threads threads) {
        var rounds = new Phaser(BOOKS.size());
        var total = new AtomicInteger();
        for (List<Integer> pages : BOOKS) {
            threads.start("worker", () -> {
                try {
                    for (int page : pages) {
                        total.addAndGet(page);
                        rounds.arriveAndAwaitAdvance();
                    }
                } finally {
                    rounds.arrive();
                }
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var rounds = new Phaser(BOOKS.size());
        var total = new AtomicInteger();
        for (List<Integer> pages : BOOKS) {
            threads.start("worker", () -> {
                try {
                    for (int page : pages) {
                        total.addAndGet(page);
                        rounds.arriveAndAwaitAdvance();
                    }
                } finally {
                    rounds.arriveAndDeregister();
                }
            });
        }
    }
}

// java -jar benchmarks.jar run phaser-never-deregistered --idiom jdk
