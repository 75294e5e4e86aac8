package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A barrier is made for three workers. One of them has nothing to do and returns before it comes to the barrier.
 *
 * <p>The barrier opens when all its parties stand before it. The third has ended and cannot come any more, so the two
 * others wait for it and keep their stacks and their shards. A barrier has a fixed number of parties and no way to sign
 * off; {@link java.util.concurrent.Phaser} has one.
 *
 * <p>In Go: {@code wg.Add(3); …; if len(shard) == 0 { return }; sum(shard); wg.Done(); wg.Wait()} in each of three
 * goroutines.
 */
@Leak(
        id = "barrier-missing-party",
        family = Family.COUNTER,
        stuck = 2,
        at = "CyclicBarrier.await",
        cause = "the barrier waits for three parties, and only two ever come",
        cure = "let every party come to the barrier on every path, or make it for those only that will come")
public final class BarrierMissingParty implements Scenario {

    private static final List<List<Integer>> SHARDS = List.of(List.of(12, 30), List.of(7), List.of());

    @Override
    public void leaky(Threads threads) {
        var summed = new CyclicBarrier(SHARDS.size());
        var total = new AtomicInteger();
        for (List<Integer> shard : SHARDS) {
            threads.start("worker", () -> {
                if (shard.isEmpty()) {
                    return;
                }
                shard.forEach(total::addAndGet);
                meet(summed);
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var summed = new CyclicBarrier(SHARDS.size());
        var total = new AtomicInteger();
        for (List<Integer> shard : SHARDS) {
            threads.start("worker", () -> {
                if (!shard.isEmpty()) {
                    shard.forEach(total::addAndGet);
                }
                meet(summed);
            });
        }
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new CancellationException("another worker was told to stop, so not all will come");
        }
    }
}

// java -jar benchmarks.jar run barrier-missing-party --idiom channel
