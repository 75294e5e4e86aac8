package org.leaklab.scenario.lock;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A reader parks once for each letter instead of looking whether there is one, and the letters come faster than it
 * parks.
 *
 * <p>{@link LockSupport#unpark} gives the thread a permit, and the next {@link LockSupport#park} spends it. Permits do
 * not add up: after three of them there is one. And any wait in between, for a lock or a latch, may spend it, because
 * those park too. So the reader parks for a letter that has long been in its inbox, and no thread will unpark it again.
 * It keeps its stack and the inbox.
 *
 * <p>In {@code jstack}, which lists platform threads only, the thread is {@code WAITING (parking)}, with the inbox in
 * the line {@code - parking to wait for}, because the inbox is given to {@code park} as its blocker.
 */
@Leak(
        id = "park-without-loop",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "ParkWithoutLoop.park",
        cause = "the thread counts on one permit for each letter, and permits do not add up",
        cure = "park only in a loop that looks at the condition first",
        seenIn = "apache/cassandra#127")
public final class ParkWithoutLoop implements Scenario {

    private static final List<String> LETTERS = List.of("bill", "invitation", "postcard");

    @Override
    public void leaky(Threads threads) {
        Queue<String> inbox = new ConcurrentLinkedQueue<>();
        var delivered = new CountDownLatch(1);
        Thread reader = threads.start("reader", () -> {
                    delivered.await();
                    for (int i = 0; i < LETTERS.size(); i++) {
                        park(inbox);
                        inbox.remove();
                    }
                })
                .thread();
        deliver(inbox, reader, delivered);
    }

    @Override
    public void fixed(Threads threads) {
        Queue<String> inbox = new ConcurrentLinkedQueue<>();
        var delivered = new CountDownLatch(1);
        Thread reader = threads.start("reader", () -> {
                    delivered.await();
                    for (int i = 0; i < LETTERS.size(); i++) {
                        while (inbox.isEmpty()) {
                            park(inbox);
                        }
                        inbox.remove();
                    }
                })
                .thread();
        deliver(inbox, reader, delivered);
    }

    private static void deliver(Queue<String> inbox, Thread reader, CountDownLatch delivered) {
        for (String letter : LETTERS) {
            inbox.add(letter);
            LockSupport.unpark(reader);
        }
        delivered.countDown();
    }

    private static void park(Queue<String> inbox) throws InterruptedException {
        LockSupport.park(inbox);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}

// java -jar benchmarks.jar run park-without-loop --idiom jdk
