package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.WaitGroup;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * More is added to a wait group than there are workers: five for a full page, and the last page has three entries.
 *
 * <p>The three workers count themselves done and end; the two that were counted beside them were never started. The
 * counter stays at two, and the thread that waits for it keeps its stack and the page.
 *
 * <p>In Go: {@code wg.Add(pageSize); for _, e := range page { go func() { defer wg.Done(); visit(e) }() }; wg.Wait()}.
 */
@Leak(
        id = "waitgroup-over-add",
        family = Family.COUNTER,
        stuck = 1,
        at = "WaitGroup.await",
        cause = "more was added than workers were started, so the counter never comes to zero",
        cure = "add what is really started: one right before each start, or the size of the very list that is walked")
public final class WaitgroupOverAdd implements Scenario {

    private static final int PAGE_SIZE = 5;

    @Override
    public void leaky(Threads threads) {
        List<Integer> page = List.of(12, 30, 7);
        var workers = new WaitGroup();
        var total = new AtomicInteger();
        workers.add(PAGE_SIZE);
        for (int entry : page) {
            threads.start("worker", () -> add(entry, total, workers));
        }
        threads.start("collector", () -> workers.await());
    }

    @Override
    public void fixed(Threads threads) {
        List<Integer> page = List.of(12, 30, 7);
        var workers = new WaitGroup();
        var total = new AtomicInteger();
        workers.add(page.size());
        for (int entry : page) {
            threads.start("worker", () -> add(entry, total, workers));
        }
        threads.start("collector", () -> workers.await());
    }

    private static void add(int entry, AtomicInteger total, WaitGroup workers) {
        try {
            total.addAndGet(entry);
        } finally {
            workers.done();
        }
    }
}

// java -jar benchmarks.jar run waitgroup-over-add --idiom channel
