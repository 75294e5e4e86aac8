package org.leaklab.scenario.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A future that another future's result completes, and that its exception does not.
 *
 * <p>{@code thenAccept} runs its action only if the stage before it has a result. The parser throws, so the action is
 * skipped, and the stage that {@code thenAccept} returns gets the exception. Nobody looks at that stage. The total has
 * no part in this chain: it is completed by the action or not at all. The report waits in
 * {@link CompletableFuture#get()} for ever, and the exception is garbage, not even in a log.
 *
 * <p>{@code jstack} shows the report in {@code CompletableFuture.get}, and nothing of the parser, which has ended.
 */
@Leak(
        id = "future-never-completed",
        idiom = Idiom.JDK,
        family = Family.CALLBACK,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "thenAccept passes a result on and not an exception, so the future that somebody waits for stays open",
        seenIn = {
            "palantir/conjure-java-runtime#504",
            "openai/openai-java#474",
            "powsybl/powsybl-core#657",
        },
        cure =
                "complete a future on every path, with whenComplete; or return the stage itself, which has the exception")
public final class FutureNeverCompletedJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        CompletableFuture<Integer> total = new CompletableFuture<>();
        var ignored = parse("12 EUR", threads.launcher().executor("parser")).thenAccept(total::complete);
        threads.start("report", () -> report(total));
    }

    @Override
    public void fixed(Threads threads) {
        CompletableFuture<Integer> total = new CompletableFuture<>();
        var ignored = parse("12 EUR", threads.launcher().executor("parser")).whenComplete((number, failure) -> {
            if (failure == null) {
                total.complete(number);
            } else {
                total.completeExceptionally(failure);
            }
        });
        threads.start("report", () -> report(total));
    }

    private static CompletableFuture<Integer> parse(String text, Executor parser) {
        return CompletableFuture.supplyAsync(() -> Integer.parseInt(text), parser);
    }

    private static String report(Future<Integer> total) throws InterruptedException {
        try {
            return "total: " + total.get();
        } catch (ExecutionException e) {
            return "no total: " + e.getCause().getMessage();
        }
    }
}

// java -jar benchmarks.jar run future-never-completed --idiom jdk
