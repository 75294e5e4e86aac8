package org.leaklab.scenario.channel;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Three workers take invoices from one queue until the poison pill, and the producer puts one pill.
 *
 * <p>An element of a queue goes to exactly one {@code take}. The first worker that takes the pill ends, and the pill is
 * gone. The producer has ended too. The two other workers share the queue only with each other, and both take. Each
 * keeps its stack. With one worker the program is right; the leak comes with the second one, often as a number in a
 * configuration file.
 *
 * <p>{@code jstack} shows both in {@code LinkedBlockingQueue.take}, parked on the same condition, below them the loop.
 */
@Leak(
        id = "one-pill-for-many",
        idiom = Idiom.JDK,
        family = Family.CHANNEL,
        stuck = 2,
        at = "LinkedBlockingQueue.take",
        cause = "the pill ends the one worker that takes it, and the others wait for the next element",
        cure = "put a pill for each worker, or let each worker put the pill back before it ends",
        seenIn = "ICIJ/datashare#1598",
        unlike = "range-over-unclosed-channel: there the producer puts no end mark at all")
public final class OnePillForMany implements Scenario {

    private static final int WORKERS = 3;
    private static final String PILL = "no more invoices";

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        BlockingQueue<String> invoices = new LinkedBlockingQueue<>(List.of("March", "April", "May"));
        for (int i = 0; i < WORKERS; i++) {
            threads.start("worker", () -> send(invoices));
        }
        invoices.put(PILL);
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        BlockingQueue<String> invoices = new LinkedBlockingQueue<>(List.of("March", "April", "May"));
        for (int i = 0; i < WORKERS; i++) {
            threads.start("worker", () -> send(invoices));
        }
        for (int i = 0; i < WORKERS; i++) {
            invoices.put(PILL);
        }
    }

    /** Returns how many invoices it has sent. */
    private static int send(BlockingQueue<String> invoices) throws InterruptedException {
        int sent = 0;
        while (!invoices.take().equals(PILL)) {
            sent++;
        }
        return sent;
    }
}

// java -jar benchmarks.jar run one-pill-for-many --idiom jdk
