package org.leaklab.scenario.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A shop cart that asks for the prices it does not know, and takes as many answers as it has articles.
 *
 * <p>One price is in the cache, so two tasks are submitted to the {@link CompletionService}. The cart takes three
 * results. The third {@code take} waits for a task that does not exist. All threads that it has started have ended, and
 * a {@code CompletionService} does not know how many results are still to come. In a thread dump the cart stands alone
 * in {@code ExecutorCompletionService.take}.
 */
@Leak(
        id = "completion-service-take-too-many",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 1,
        at = "ExecutorCompletionService.take",
        cause = "more results are taken than tasks were submitted",
        cure = "count what is submitted, and take as many results",
        seenIn = "jborgers/PMD-jPinpoint-rules#10")
public final class CompletionServiceTakeTooMany implements Scenario {

    private static final List<String> ARTICLES = List.of("pen", "ink", "paper");
    private static final Map<String, Integer> CACHE = Map.of("ink", 7);

    @Override
    public void leaky(Threads threads) {
        threads.start("cart", () -> {
            try (ExecutorService queries = queries(threads)) {
                CompletionService<Integer> prices = new ExecutorCompletionService<>(queries);
                ask(prices);
                total(prices, ARTICLES.size());
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("cart", () -> {
            try (ExecutorService queries = queries(threads)) {
                CompletionService<Integer> prices = new ExecutorCompletionService<>(queries);
                int asked = ask(prices);
                total(prices, asked);
            }
        });
    }

    private static ExecutorService queries(Threads threads) {
        return Executors.newThreadPerTaskExecutor(threads.launcher().factory("query"));
    }

    /** Asks for the prices that are not in the cache, and says how many these are. */
    private static int ask(CompletionService<Integer> prices) {
        List<Future<Integer>> asked = new ArrayList<>();
        for (String article : ARTICLES) {
            if (!CACHE.containsKey(article)) {
                asked.add(prices.submit(article::length));
            }
        }
        return asked.size();
    }

    private static int total(CompletionService<Integer> prices, int results)
            throws InterruptedException, ExecutionException {
        int total = CACHE.values().stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < results; i++) {
            total += prices.take().get();
        }
        return total;
    }
}

// java -jar benchmarks.jar run completion-service-take-too-many --idiom jdk
