package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.core.WaitGroup;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker leaves on its error path without counting itself done.
 *
 * <p>Every worker has ended, but the counter is still one, and no thread is left that could subtract it. The thread
 * that waits for the workers keeps its stack and the results that it should collect.
 *
 * <p>In Go: {@code wg.Add(1); go func() { if err := check(line); err != nil { return }; …; wg.Done() }()}.
 */
@Leak(
        id = "waitgroup-missing-done",
        family = Family.COUNTER,
        stuck = 1,
        at = "WaitGroup.await",
        cause = "a worker returned early without done(), so the counter never comes to zero",
        cure = "call done() in a finally block around all that the worker does")
public final class WaitgroupMissingDone implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var workers = new WaitGroup();
        var total = new AtomicInteger();
        for (String line : List.of("12", "", "30")) {
            workers.add(1);
            threads.start("worker", () -> {
                if (line.isEmpty()) {
                    return;
                }
                total.addAndGet(Integer.parseInt(line));
                workers.done();
            });
        }
        threads.start("collector", () -> workers.await());
    }

    @Override
    public void fixed(Threads threads) {
        var workers = new WaitGroup();
        var total = new AtomicInteger();
        for (String line : List.of("12", "", "30")) {
            workers.add(1);
            threads.start("worker", () -> {
                try {
                    if (line.isEmpty()) {
                        return;
                    }
                    total.addAndGet(Integer.parseInt(line));
                } finally {
                    workers.done();
                }
            });
        }
        threads.start("collector", () -> workers.await());
    }
}

// java -jar benchmarks.jar run waitgroup-missing-done --idiom channel
