package org.leaklab.scenario.counter;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A {@link CountDownLatch} is made for the five entries of a full page, and the last page has three.
 *
 * <p>The three workers count the latch down and end. The two others that it was made for were never started, so the
 * latch stays at two: the number is fixed when the latch is made, and nothing but {@code countDown()} lowers it. The
 * collector keeps its stack and the page. Full pages hide the mistake.
 *
 * <p>In {@code jstack}, which lists platform threads only, the collector is {@code WAITING (parking)} for a
 * {@code CountDownLatch$Sync}. Only the latch's text, in a debugger or a log, tells that the count is 2.
 */
@Leak(
        id = "waitgroup-over-add",
        idiom = Idiom.JDK,
        family = Family.COUNTER,
        stuck = 1,
        at = "CountDownLatch.await",
        cause = "the latch was made for more workers than were started, so it never comes to zero",
        cure = "make the latch for what is really started: the size of the very list that is walked")
public final class WaitgroupOverAddJdk implements Scenario {

    private static final int PAGE_SIZE = 5;

    @Override
    public void leaky(Threads threads) {
        List<Integer> page = List.of(12, 30, 7);
        var workers = new CountDownLatch(PAGE_SIZE);
        var total = new AtomicInteger();
        for (int entry : page) {
            threads.start("worker", () -> add(entry, total, workers));
        }
        threads.start("collector", () -> workers.await());
    }

    @Override
    public void fixed(Threads threads) {
        List<Integer> page = List.of(12, 30, 7);
        var workers = new CountDownLatch(page.size());
        var total = new AtomicInteger();
        for (int entry : page) {
            threads.start("worker", () -> add(entry, total, workers));
        }
        threads.start("collector", () -> workers.await());
    }

    private static void add(int entry, AtomicInteger total, CountDownLatch workers) {
        try {
            total.addAndGet(entry);
        } finally {
            workers.countDown();
        }
    }
}

// java -jar benchmarks.jar run waitgroup-over-add --idiom jdk
