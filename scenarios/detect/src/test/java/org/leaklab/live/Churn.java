package org.leaklab.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that starts short virtual threads all the time, which wait for each other, are interrupted, and run in
 * executors of their own; beside 10 that leak, and 10 that wait for the end. On {@code stop} it waits for all but the
 * leaked ones, and says how many it has started.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Churn {

    private static final int AT_ONCE = 300;
    private static final int LASTING = 10;

    private static final Semaphore ROOM = new Semaphore(AT_ONCE);
    private static final AtomicLong STARTED = new AtomicLong();
    private static final AtomicLong ENDED = new AtomicLong();
    private static final CountDownLatch END = new CountDownLatch(1);
    private static volatile boolean stopped;

    private Churn() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (int i = 0; i < LASTING; i++) {
            Thread.ofVirtual().name("leaked-" + i).start(Churn::leak);
            start("live-" + i, END::await);
        }
        List<Thread> drivers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            drivers.add(Thread.ofPlatform().daemon().start(Churn::drive));
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line.equals("stop") ? stop(drivers) : JdkSets.now());
        }
    }

    private static String stop(List<Thread> drivers) throws InterruptedException {
        stopped = true;
        for (Thread each : drivers) {
            each.join();
        }
        END.countDown();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (ENDED.get() < STARTED.get() && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        return ENDED.get() == STARTED.get()
                ? "all ended of " + STARTED.get()
                : ENDED.get() + " ended of " + STARTED.get();
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static Thread start(String name, Task task) {
        STARTED.incrementAndGet();
        return Thread.ofVirtual().name(name).start(() -> end(task));
    }

    private static void end(Task task) {
        try {
            task.run();
        } catch (InterruptedException e) {
            return;
        } finally {
            ENDED.incrementAndGet();
        }
    }

    private static void leak() {
        try {
            new SynchronousQueue<String>().take();
        } catch (InterruptedException e) {
            return;
        }
    }

    private static void drive() {
        for (int i = 0; !stopped; i++) {
            try {
                ROOM.acquire();
                if (i % 16 == 0) {
                    start("request", Churn::request);
                } else if (i % 4 == 0) {
                    Thread waiting = start("interrupted", () -> new CountDownLatch(1).await());
                    start("interrupts", () -> {
                        pause();
                        waiting.interrupt();
                        ROOM.release();
                    });
                } else {
                    SynchronousQueue<Integer> queue = new SynchronousQueue<>();
                    start("takes", () -> {
                        queue.take();
                        ROOM.release();
                    });
                    start("gives", () -> {
                        pause();
                        queue.put(1);
                    });
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Four tasks, which wait for a fifth; the executor is closed at the end. */
    private static void request() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                STARTED.incrementAndGet();
                executor.submit(() -> end(go::await));
            }
            STARTED.incrementAndGet();
            executor.execute(() -> end(() -> {
                pause();
                go.countDown();
            }));
        }
        ROOM.release();
    }

    /** Long enough for the others to come to wait. */
    private static void pause() {
        LockSupport.parkNanos(2_000_000);
    }
}
