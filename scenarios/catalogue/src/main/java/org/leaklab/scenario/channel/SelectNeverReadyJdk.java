package org.leaklab.scenario.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A worker that waits for a job or for the signal to stop, with {@link CompletableFuture#anyOf}. Neither can ever come.
 *
 * <p>{@code anyOf} is done when one of its futures is. No thread completes the job. The owner completes its own signal
 * when it stops, but the worker was given another one, which nobody else knows. The wait looks as if it could be
 * stopped, but it cannot. The worker keeps its stack.
 *
 * <p>{@code jstack} shows the worker in {@code CompletableFuture.get}. It names one object, a
 * {@code CompletableFuture$Signaller}, and none of the futures that the worker waits for.
 */
@Leak(
        id = "select-never-ready",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 1,
        at = "CompletableFuture.get",
        cause = "nobody completes the job, and the worker's signal to stop is not the one that its owner completes",
        cure = "let anyOf have a future that its owner completes in the end, or one with a time limit")
public final class SelectNeverReadyJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        CompletableFuture<String> job = new CompletableFuture<>();
        CompletableFuture<String> stop = new CompletableFuture<>();
        threads.start("worker", () -> work(job, new CompletableFuture<>()));
        stop.complete("stopped");
    }

    @Override
    public void fixed(Threads threads) {
        CompletableFuture<String> job = new CompletableFuture<>();
        CompletableFuture<String> stop = new CompletableFuture<>();
        threads.start("worker", () -> work(job, stop));
        stop.complete("stopped");
    }

    private static Object work(CompletableFuture<String> job, CompletableFuture<String> stop)
            throws InterruptedException, ExecutionException {
        return CompletableFuture.anyOf(job, stop).get();
    }
}

// java -jar benchmarks.jar run select-never-ready --idiom jdk
