package org.leaklab.timeline.example;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A scenario whose steps come in one order: each can come only after the one before. The exception is a hand-over, of
 * which either side may be first. Not in the package of the recorder, which would have a copy of its own then.
 */
@Leak(
        id = "one-order",
        family = Family.CHANNEL,
        idiom = Idiom.JDK,
        stuck = 1,
        at = "Semaphore.acquire",
        cause = "nobody releases the permit",
        cure = "release it")
public final class OneOrder implements Scenario {

    private static final int NUMBERS = 3;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread taker = threads.start("taker", () -> {
                    try {
                        new SynchronousQueue<String>().take();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                })
                .thread();
        threads.awaitOthers();
        taker.interrupt();
        interrupted.await();
        taker.join();
        handOver(threads, new SynchronousQueue<>());
        fill(new LinkedTransferQueue<>());
        Semaphore none = new Semaphore(0);
        threads.launcher().factory("last").newThread(() -> acquire(none)).start();
    }

    private static void handOver(Threads threads, BlockingQueue<String> numbers) throws InterruptedException {
        Thread giver = threads.start("giver", () -> numbers.put("one")).thread();
        numbers.take();
        giver.join();
    }

    private static void fill(BlockingQueue<Integer> numbers) throws InterruptedException {
        for (int i = 0; i < NUMBERS; i++) {
            numbers.put(i);
        }
    }

    private static void acquire(Semaphore none) {
        try {
            none.acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void fixed(Threads threads) {}
}
