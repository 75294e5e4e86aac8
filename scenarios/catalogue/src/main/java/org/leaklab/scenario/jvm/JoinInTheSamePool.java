package org.leaklab.scenario.jvm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A {@link CompletableFuture} whose stage starts another one in the same pool, and joins it there.
 *
 * <p>The stage that reads the customer's orders runs on the only thread of the pool. It joins a future whose task lies
 * in the queue of that pool. {@code join} keeps the thread, so the task never begins. {@code thenCompose} keeps no
 * thread: the next stage runs when the orders have come. An interrupt does not end {@code join}.
 *
 * <p>In a {@code ForkJoinPool}, as the common pool is one, a worker that joins a future runs other tasks of its pool
 * meanwhile, so the same code mostly comes through there. With a pool of {@code Executors} it does not.
 */
@Leak(
        id = "join-in-the-same-pool",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        at = {"CompletableFuture.join", "CompletableFuture.get"},
        endedBy = EndedBy.JVM,
        cause = "a stage joins a future whose task waits for the thread that the stage runs on",
        cure = "compose the stages and join none of them inside of the pool",
        seenIn = "atomix/catalyst#46",
        unlike = "task-waits-for-its-own-pool: there the task waits in Future.get, which an interrupt ends")
public final class JoinInTheSamePool implements Scenario {

    @Override
    public void leaky(Threads threads) {
        threads.start("request", () -> {
            try (ExecutorService pool = pool(threads)) {
                show(CompletableFuture.supplyAsync(() -> "Ada", pool)
                        .thenApplyAsync(customer -> orders(customer, pool).join(), pool));
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("request", () -> {
            try (ExecutorService pool = pool(threads)) {
                show(CompletableFuture.supplyAsync(() -> "Ada", pool)
                        .thenComposeAsync(customer -> orders(customer, pool), pool));
            }
        });
    }

    private static ExecutorService pool(Threads threads) {
        return Executors.newFixedThreadPool(1, threads.launcher().factory("worker"));
    }

    private static CompletableFuture<Integer> orders(String customer, ExecutorService pool) {
        return CompletableFuture.supplyAsync(customer::length, pool);
    }

    private static String show(CompletableFuture<Integer> orders) throws InterruptedException, ExecutionException {
        return "orders: " + orders.get();
    }
}

// java -jar benchmarks.jar run join-in-the-same-pool --idiom jdk
