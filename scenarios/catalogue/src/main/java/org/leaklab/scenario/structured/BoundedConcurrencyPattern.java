package org.leaklab.scenario.structured;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.leaklab.core.Context;
import org.leaklab.core.Semaphore;
import org.leaklab.core.TaskGroup.TaskFailedException;
import org.leaklab.pattern.BoundedConcurrency;
import org.leaklab.pattern.Work;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A crawler that fetches two pages at a time, with a permit taken before each fetch is started.
 *
 * <p>The crawler takes the permit, and the fetch should give it back. A fetch that fails does not come to that line.
 * After two failures no permit is left, and no running fetch will give one back. The crawler waits for ever before the
 * third page, with all the pages that it has not started. If the group keeps the permits, it gives them back when a
 * task ends in any way.
 *
 * <p>In Go: {@code sem <- struct{}{}; go func() { if err := fetch(p); err != nil { return }; <-sem }()}.
 */
@Leak(
        id = "bounded-concurrency",
        family = Family.STRUCTURED,
        stuck = 1,
        at = "Semaphore.acquire",
        cause = "the permit is taken outside the task and given back only by a task that succeeds",
        cure = "let the task, or its group, take the permit and give it back in a finally")
public final class BoundedConcurrencyPattern implements Scenario {

    @Override
    public void leaky(Threads threads) {
        List<Work<String>> fetches = fetches();
        threads.start("crawler", () -> {
            Semaphore places = new Semaphore(2);
            for (Work<String> fetch : fetches) {
                places.acquire();
                threads.start("fetch", () -> {
                    try {
                        fetch.run(Context.background());
                        places.release();
                    } catch (IOException e) {
                        // the page is gone, and so is the permit
                    }
                });
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        List<Work<String>> fetches = fetches();
        threads.start("crawler", () -> {
            try {
                BoundedConcurrency.run(threads.launcher(), Context.background(), 2, fetches);
            } catch (TaskFailedException e) {
                // a page is gone: the other fetches have been cancelled, and have ended
            }
        });
    }

    private static List<Work<String>> fetches() {
        return IntStream.rangeClosed(1, 5)
                .<Work<String>>mapToObj(page -> context -> fetch(page))
                .toList();
    }

    private static String fetch(int page) throws IOException {
        if (page <= 2) {
            throw new IOException("page " + page + " is gone");
        }
        return "page " + page;
    }
}
