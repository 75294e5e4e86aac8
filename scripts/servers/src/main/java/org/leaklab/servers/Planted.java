package org.leaklab.servers;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads beside those of the server, as many as {@code -Dplanted=N} says of each kind: {@code planted leaked N}
 * can never be woken, {@code planted waiting N} and those of an executor wait for something that is kept. When the input
 * ends, all that wait are let go, and a line says how many of them have ended.
 */
final class Planted {

    private static final long PATIENCE_SECONDS = 30;

    private static final CountDownLatch KEPT = new CountDownLatch(1);

    private Planted() {}

    static void plant() {
        int count = Integer.getInteger("planted", 0);
        if (count == 0) {
            return;
        }
        AtomicInteger ended = new AtomicInteger();
        ThreadFactory names = Thread.ofVirtual().name("planted pooled ", 0).factory();
        ExecutorService executor = Executors.newThreadPerTaskExecutor(names);
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().name("planted leaked " + i).start(() -> {
                try {
                    new SynchronousQueue<String>().take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread.ofVirtual().name("planted waiting " + i).start(() -> await(ended));
            executor.execute(() -> await(ended));
        }
        Thread.ofPlatform().daemon().name("planted end").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // whoever started this closes its input when it has seen enough
                }
                KEPT.countDown();
                executor.shutdown();
                boolean closed = executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                while (ended.get() < 2 * count && System.nanoTime() < end) {
                    Thread.sleep(10);
                }
                System.out.println(ended + " of " + 2 * count + " have ended, executor " + (closed ? "" : "not ") + "terminated");
                System.out.flush();
                Runtime.getRuntime().halt(0);
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void await(AtomicInteger ended) {
        try {
            KEPT.await();
            ended.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
