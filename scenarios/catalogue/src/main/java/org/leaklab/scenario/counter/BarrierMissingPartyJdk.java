package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A {@link CyclicBarrier} is made for all shards of a report, and workers are started only for those that are not
 * empty.
 *
 * <p>The barrier opens, and runs the action that checks the total, when as many parties stand before it as it was made
 * for. One party will never be there, so the two workers wait and keep their stacks and their shards. A barrier has a
 * fixed number of parties and no way to sign off; {@link java.util.concurrent.Phaser} has one.
 *
 * <p>In {@code jstack}, which lists platform threads only, both workers are {@code WAITING (parking)} for an
 * {@code AbstractQueuedSynchronizer$ConditionObject}, in {@code CyclicBarrier.dowait}. The dump does not say how many
 * parties are missing.
 */
@Leak(
        id = "barrier-missing-party",
        idiom = Idiom.JDK,
        family = Family.COUNTER,
        stuck = 2,
        at = "CyclicBarrier.await",
        cause = "the barrier waits for three parties, and only two were started",
        cure = "make the barrier for the parties that will come, or let every party come on every path")
public final class BarrierMissingPartyJdk implements Scenario {

    private static final List<List<Integer>> SHARDS = List.of(List.of(12, 30), List.of(), List.of(7));

    @Override
    public void leaky(Threads threads) {
        var total = new AtomicInteger();
        List<List<Integer>> filled = filled();
        var summed = new CyclicBarrier(SHARDS.size(), () -> WrongAnswer.unless(49, total.get()));
        for (List<Integer> shard : filled) {
            threads.start("worker", () -> sum(shard, total, summed));
        }
    }

    @Override
    public void fixed(Threads threads) {
        var total = new AtomicInteger();
        List<List<Integer>> filled = filled();
        var summed = new CyclicBarrier(filled.size(), () -> WrongAnswer.unless(49, total.get()));
        for (List<Integer> shard : filled) {
            threads.start("worker", () -> sum(shard, total, summed));
        }
    }

    private static List<List<Integer>> filled() {
        return SHARDS.stream().filter(shard -> !shard.isEmpty()).toList();
    }

    private static void sum(List<Integer> shard, AtomicInteger total, CyclicBarrier summed)
            throws InterruptedException {
        shard.forEach(total::addAndGet);
        try {
            summed.await();
        } catch (BrokenBarrierException e) {
            throw new CancellationException("another worker was told to stop, so the total will not be complete");
        }
    }
}

// java -jar benchmarks.jar run barrier-missing-party --idiom jdk
