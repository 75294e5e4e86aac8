package org.leaklab.scenario.cancellation;

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
 * A search that is cancelled with {@code CompletableFuture.cancel(true)}, which interrupts nobody.
 *
 * <p>The user closes the window, and the window cancels its search. The {@code CompletableFuture} is then complete, as
 * cancelled. It does not know which thread works for it, so it ignores the {@code true}. The thread of the search waits
 * for the index, which never answers, and its result would be dropped anyway. The {@code Future} that a
 * {@code ThreadPoolExecutor} or a thread-per-task executor returns from {@code submit} knows its thread, and interrupts
 * it. That of a {@code ForkJoinPool} does not on JDK 21.
 *
 * <p>In a thread dump the search has the frame {@code CompletableFuture$AsyncSupply.run}. The one that {@code submit}
 * starts has {@code FutureTask.run} there.
 */
@Leak(
        id = "cancel-leaves-work",
        idiom = Idiom.JDK,
        family = Family.CANCELLATION,
        stuck = 1,
        at = "LinkedBlockingQueue.take",
        cause = "CompletableFuture.cancel(true) only completes the future; it interrupts no thread",
        cure = "submit to an executor what must be stopped, and cancel the Future that submit returns",
        seenIn = {"smallrye/smallrye-fault-tolerance#309", "powsybl/powsybl-core#2051"},
        unlike = "cancel-never-called: there nobody cancels; here the cancel reaches the future and not the thread")
public final class CancelLeavesWork implements Scenario {

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("search"));
        BlockingQueue<String> index = new LinkedBlockingQueue<>(); // never answers
        CountDownLatch searching = new CountDownLatch(1);
        Future<String> search = CompletableFuture.supplyAsync(() -> search(index, searching), tasks);
        searching.await();
        search.cancel(true); // the window is closed
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        ExecutorService tasks =
                Executors.newThreadPerTaskExecutor(threads.launcher().factory("search"));
        BlockingQueue<String> index = new LinkedBlockingQueue<>(); // never answers
        CountDownLatch searching = new CountDownLatch(1);
        Future<String> search = tasks.submit(() -> search(index, searching));
        searching.await();
        search.cancel(true); // the window is closed
    }

    private static String search(BlockingQueue<String> index, CountDownLatch searching) {
        searching.countDown();
        try {
            return index.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the search was interrupted");
        }
    }
}

// java -jar benchmarks.jar run cancel-leaves-work --idiom jdk
