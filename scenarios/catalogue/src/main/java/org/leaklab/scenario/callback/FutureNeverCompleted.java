package org.leaklab.scenario.callback;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A future that is completed if all goes well, and never completed otherwise.
 *
 * <p>The parser fails, says so in the log, and ends. A future does not know which thread will complete it, so it cannot
 * notice that this thread has ended. The report waits in {@link CompletableFuture#get()} for ever. The failure that it
 * should get is only in the log.
 *
 * <p>In Go: {@code go func() { n, err := strconv.Atoi(text); if err != nil { log.Print(err); return }; total <- n }();
 * return <-total}.
 */
@Leak(
        id = "future-never-completed",
        family = Family.CALLBACK,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "the exceptional path ends without completing the future that somebody waits for",
        cure = "complete a future on every path, with completeExceptionally where there is no result")
public final class FutureNeverCompleted implements Scenario {

    private static final Logger LOG = System.getLogger(FutureNeverCompleted.class.getName());

    @Override
    public void leaky(Threads threads) {
        CompletableFuture<Integer> total = new CompletableFuture<>();
        threads.start("parser", () -> {
            try {
                total.complete(parse("12 EUR"));
            } catch (NumberFormatException e) {
                LOG.log(Level.DEBUG, "not a number", e);
            }
        });
        threads.start("report", () -> report(total));
    }

    @Override
    public void fixed(Threads threads) {
        CompletableFuture<Integer> total = new CompletableFuture<>();
        threads.start("parser", () -> {
            try {
                total.complete(parse("12 EUR"));
            } catch (NumberFormatException e) {
                total.completeExceptionally(e);
            }
        });
        threads.start("report", () -> report(total));
    }

    private static int parse(String text) {
        return Integer.parseInt(text);
    }

    private static String report(Future<Integer> total) throws InterruptedException {
        try {
            return "total: " + total.get();
        } catch (ExecutionException e) {
            return "no total: " + e.getCause().getMessage();
        }
    }
}

// java -jar benchmarks.jar run future-never-completed --idiom channel
