package org.leaklab.scenario.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Two computations of an invoice, each of which joins the future of the other one.
 *
 * <p>The total is the goods less the discount, and the discount depends on the total. Each thread waits in
 * {@link CompletableFuture#join()} for a future that only the other thread completes. Both keep their stacks. No
 * interrupt ends {@code join}: it remembers the interrupt for later and goes on waiting. It is a deadlock without a
 * lock, so no tool that looks for locks and their owners can find it. In a real program the circle goes through more
 * methods, and often through a cache; in both reports one half of it is a lock.
 *
 * <p>{@code jstack} shows both in {@code CompletableFuture.join} and reports no deadlock. A future has no owner, so the
 * dump does not say which thread would complete it.
 */
@Leak(
        id = "futures-in-a-circle",
        idiom = Idiom.JDK,
        family = Family.CALLBACK,
        stuck = 2,
        at = "CompletableFuture.join",
        endedBy = EndedBy.JVM,
        cause = "each of two threads joins the future that the other one completes",
        cure =
                "let both depend on what is known before them; built with thenApply, not join, futures cannot form a circle",
        seenIn = {"ben-manes/caffeine#69", "javaee/glassfish#21293"})
public final class FuturesInACircle implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Executor executor = threads.launcher().executor("invoice");
        CompletableFuture<Integer> goods = CompletableFuture.supplyAsync(() -> 120, executor);
        CompletableFuture<Integer> discount = new CompletableFuture<>();
        CompletableFuture<Integer> total = new CompletableFuture<>();
        discount.completeAsync(() -> discountOn(total.join()), executor);
        total.completeAsync(() -> goods.join() - discount.join(), executor);
    }

    @Override
    public void fixed(Threads threads) {
        Executor executor = threads.launcher().executor("invoice");
        CompletableFuture<Integer> goods = CompletableFuture.supplyAsync(() -> 120, executor);
        CompletableFuture<Integer> discount = new CompletableFuture<>();
        CompletableFuture<Integer> total = new CompletableFuture<>();
        discount.completeAsync(() -> discountOn(goods.join()), executor);
        total.completeAsync(() -> goods.join() - discount.join(), executor);
    }

    private static int discountOn(int amount) {
        return amount > 100 ? 10 : 0;
    }
}

// java -jar benchmarks.jar run futures-in-a-circle --idiom jdk
