package org.leaklab.scenario.structured;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A crawler that fetches two pages at a time, with a permit of a {@link Semaphore} for each fetch.
 *
 * <p>The crawler takes the permit, and the fetch gives it back behind its work. A fetch that throws an exception does
 * not come to that line. After two failures no permit is left, and no fetch runs that will give one back. The crawler
 * waits for ever before the third page. A permit has no owner, so nothing in the JVM knows who has lost it: a thread
 * dump shows the crawler in {@code Semaphore.acquire}, and nobody who holds anything.
 */
@Leak(
        id = "bounded-concurrency",
        idiom = Idiom.JDK,
        family = Family.STRUCTURED,
        stuck = 1,
        at = "Semaphore.acquire",
        cause = "only a fetch that succeeds gives its permit back",
        cure = "give the permit back in a finally",
        seenIn = {"dice-group/gerbil#348", "apache/solr#4236"})
public final class BoundedConcurrencyPatternJdk implements Scenario {

    private static final int PAGES = 5;

    @Override
    public void leaky(Threads threads) {
        threads.start("crawler", () -> {
            Queue<Integer> failed = new ConcurrentLinkedQueue<>();
            Semaphore permits = new Semaphore(2);
            try (ExecutorService fetches = fetches(threads)) {
                for (int i = 1; i <= PAGES; i++) {
                    int page = i;
                    permits.acquire();
                    fetches.execute(() -> {
                        try {
                            fetch(page);
                            permits.release();
                        } catch (IOException e) {
                            failed.add(page);
                        }
                    });
                }
            }
            report(failed);
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("crawler", () -> {
            Queue<Integer> failed = new ConcurrentLinkedQueue<>();
            Semaphore permits = new Semaphore(2);
            try (ExecutorService fetches = fetches(threads)) {
                for (int i = 1; i <= PAGES; i++) {
                    int page = i;
                    permits.acquire();
                    fetches.execute(() -> {
                        try {
                            fetch(page);
                        } catch (IOException e) {
                            failed.add(page);
                        } finally {
                            permits.release();
                        }
                    });
                }
            }
            report(failed);
        });
    }

    private static ExecutorService fetches(Threads threads) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory("fetch"));
    }

    private static String fetch(int page) throws IOException {
        if (page <= 2) {
            throw new IOException("page " + page + " is gone");
        }
        return "page " + page;
    }

    private static String report(Queue<Integer> failed) {
        return failed.isEmpty() ? "all pages" : "all pages but " + failed;
    }
}

// java -jar benchmarks.jar run bounded-concurrency --idiom jdk
