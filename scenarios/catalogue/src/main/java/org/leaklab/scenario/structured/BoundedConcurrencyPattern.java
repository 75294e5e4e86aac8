package org.leaklab.scenario.structured;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.leaklab.core.Context;
import org.leaklab.core.Semaphore;
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
 * third page, with all the pages that it has not started. Both forms go on without a page that is gone. If one failure
 * should stop the crawl, {@link org.leaklab.pattern.BoundedConcurrency} does both: its group keeps the permits, gives
 * them back when a task ends in any way, and cancels the rest.
 *
 * <p>In Go: {@code sem <- struct{}{}; go func() { if err := fetch(p); err != nil { return }; <-sem }()}.
 */
@Leak(
        id = "bounded-concurrency",
        family = Family.STRUCTURED,
        stuck = 1,
        at = "Semaphore.acquire",
        cause = "only a fetch that succeeds gives its permit back",
        cure = "give the permit back in a finally, or let a group keep the permits")
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
            Semaphore places = new Semaphore(2);
            for (Work<String> fetch : fetches) {
                places.acquire();
                threads.start("fetch", () -> {
                    try {
                        fetch.run(Context.background());
                    } catch (IOException e) {
                        // the page is gone
                    } finally {
                        places.release();
                    }
                });
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

// java -jar benchmarks.jar run bounded-concurrency --idiom channel
