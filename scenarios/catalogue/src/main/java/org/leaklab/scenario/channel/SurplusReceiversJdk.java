package org.leaklab.scenario.channel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten runners wait for the starting signal, which is put into a queue once.
 *
 * <p>An element of a queue goes to exactly one {@code take}. After the {@code put} only the nine other runners know the
 * queue, and all of them take, so nothing can ever wake them. Each keeps its stack and all that it holds ready for the
 * start. A {@link CountDownLatch} of one is the JDK's starting signal: its {@code countDown} wakes all who wait, and
 * those who come later do not wait at all.
 */
@Leak(
        id = "surplus-receivers",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 9,
        at = "ArrayBlockingQueue.take",
        cause = "one element is put for ten threads, and an element wakes only one",
        cure = "tell all who wait with a CountDownLatch; a queue tells one")
public final class SurplusReceiversJdk implements Scenario {

    private static final int RUNNERS = 10;

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> start = new ArrayBlockingQueue<>(1);
        for (int i = 0; i < RUNNERS; i++) {
            threads.start("runner", () -> start.take());
        }
        start.put("go");
    }

    @Override
    public void fixed(Threads threads) {
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < RUNNERS; i++) {
            threads.start("runner", () -> start.await());
        }
        start.countDown();
    }
}

// java -jar benchmarks.jar run surplus-receivers --idiom jdk
