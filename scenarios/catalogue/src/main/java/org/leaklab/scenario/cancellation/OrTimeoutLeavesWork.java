package org.leaklab.scenario.cancellation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A {@code CompletableFuture} with {@code orTimeout}, whose work runs on when the time is over.
 *
 * <p>The page asks the shop for a price and gives it 20 ms. A timer of the JDK then completes the future with a
 * {@code TimeoutException}, and the page is shown without a price. The timer knows the future and not the thread that
 * works for it. That thread still waits for the shop, which never answers, and keeps its connection.
 *
 * <p>In a thread dump the page is gone. The thread that asks has {@code CompletableFuture$AsyncSupply.run} among its
 * frames, and nothing in the dump says that this future is complete.
 */
@Leak(
        id = "or-timeout-leaves-work",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "orTimeout completes the future; the thread that works for it learns nothing of that",
        cure = "keep the Future of the work, and cancel it when the future completes",
        seenIn = {"Card-Forge/forge#7215", "resilience4j/resilience4j#1530"},
        unlike = "timeout-abandons-task: there the caller sees its TimeoutException and could cancel; here the timer"
                + " has nobody to tell")
public final class OrTimeoutLeavesWork implements Scenario {

    private static final Logger LOG = System.getLogger(OrTimeoutLeavesWork.class.getName());
    private static final long LIMIT_MILLIS = 20;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("price"));
        BlockingQueue<String> shop = new LinkedBlockingQueue<>(); // never answers
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> price = CompletableFuture.supplyAsync(() -> ask(shop, asked), tasks);
        asked.await();
        show(price.orTimeout(LIMIT_MILLIS, MILLISECONDS));
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("price"));
        BlockingQueue<String> shop = new LinkedBlockingQueue<>(); // never answers
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> price = new CompletableFuture<>();
        Future<?> work = tasks.submit(() -> {
            try {
                price.complete(ask(shop, asked));
            } catch (RuntimeException failure) {
                price.completeExceptionally(failure);
            }
        });
        asked.await();
        show(price.orTimeout(LIMIT_MILLIS, MILLISECONDS).whenComplete((text, failure) -> {
            if (failure != null) {
                work.cancel(true);
            }
        }));
    }

    private static String ask(BlockingQueue<String> shop, CountDownLatch asked) {
        asked.countDown();
        try {
            return shop.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("no longer wanted");
        }
    }

    private static void show(CompletableFuture<String> price) {
        String text = price.exceptionally(failure -> "ask for the price").join();
        LOG.log(Level.DEBUG, text);
    }
}

// java -jar benchmarks.jar run or-timeout-leaves-work --idiom jdk
