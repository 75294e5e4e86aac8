package org.leaklab.scenario.structured;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
 * A request that runs three tasks with {@code invokeAll}. One fails, and the other two wait for the value that it
 * should give them.
 *
 * <p>{@code invokeAll} does not stop at the first failure: it waits until every task has ended. The task that should
 * complete the rate has thrown an exception before it could. So the price and the tax wait for the rate for ever, and
 * the request waits for the price. The exception lies in a future that the request never comes to. An
 * {@code ExecutorCompletionService} gives the failure first, and {@code shutdownNow} then interrupts the other two.
 */
@Leak(
        id = "task-group",
        idiom = Idiom.JDK,
        family = Family.STRUCTURED,
        stuck = 3,
        at = {"ThreadPerTaskExecutor.invokeAll", "TaskGroupPatternJdk.price", "TaskGroupPatternJdk.tax"},
        cause = "invokeAll waits for every task, also for those that only the failed one could let go on",
        cure = "take the results in the order in which the tasks end, and interrupt the rest at the first failure")
public final class TaskGroupPatternJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("request", () -> {
            try (ExecutorService tasks =
                    Executors.newThreadPerTaskExecutor(threads.launcher().factory("task"))) {
                answer(tasks.invokeAll(bill()));
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("request", () -> {
            try (ExecutorService tasks =
                    Executors.newThreadPerTaskExecutor(threads.launcher().factory("task"))) {
                sumAsTheyEnd(tasks, bill());
            }
        });
    }

    private static String sumAsTheyEnd(ExecutorService tasks, List<Callable<Integer>> parts)
            throws InterruptedException {
        CompletionService<Integer> ended = new ExecutorCompletionService<>(tasks);
        try {
            for (Callable<Integer> part : parts) {
                Future<Integer> ignored = ended.submit(part); // it comes back from take
            }
            int sum = 0;
            for (int i = 0; i < parts.size(); i++) {
                sum += ended.take().get();
            }
            return "to pay: " + sum;
        } catch (ExecutionException e) {
            return "no bill now: " + e.getMessage();
        } finally {
            tasks.shutdownNow(); // interrupts the tasks that are left
        }
    }

    private static List<Callable<Integer>> bill() {
        CompletableFuture<Integer> rate = new CompletableFuture<>();
        return List.of(() -> fetch(rate), () -> price(rate), () -> tax(rate));
    }

    private static int fetch(CompletableFuture<Integer> rate) throws IOException {
        rate.complete(askRateServer());
        return 0;
    }

    private static int askRateServer() throws IOException {
        throw new IOException("the rate server is down");
    }

    private static int price(Future<Integer> rate) throws InterruptedException, ExecutionException {
        return 100 * rate.get();
    }

    private static int tax(Future<Integer> rate) throws InterruptedException, ExecutionException {
        return 19 * rate.get();
    }

    private static String answer(List<Future<Integer>> parts) throws InterruptedException {
        try {
            int sum = 0;
            for (Future<Integer> part : parts) {
                sum += part.get();
            }
            return "to pay: " + sum;
        } catch (ExecutionException e) {
            return "no bill now: " + e.getMessage();
        }
    }
}

// java -jar benchmarks.jar run task-group --idiom jdk
