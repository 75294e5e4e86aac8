package org.leaklab.scenario.jvm;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A pool that should grow from one thread to four, with a queue without bound. Of its two tasks the first waits for
 * what the second one sends.
 *
 * <p>A {@link ThreadPoolExecutor} starts a thread beyond its core size only if the queue does not take the task. A
 * {@link LinkedBlockingQueue} takes every task, so the pool never has more than one thread and its maximum means
 * nothing. The writer has that thread and waits for rows. The reader, which would send them, lies in the queue behind
 * it. A {@link SynchronousQueue} holds no task: if no thread is free, the pool starts one. If all four are busy,
 * {@code submit} throws a {@link java.util.concurrent.RejectedExecutionException}.
 *
 * <p>In a thread dump there is one thread of the pool, where one expects two.
 */
@Leak(
        id = "maximum-pool-size-never-reached",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        at = {"LinkedBlockingQueue.take", "FutureTask.get"},
        cause = "a queue without bound is never full, so the pool does not grow, and a task waits for one behind it",
        cure = "give a pool whose tasks wait for each other a SynchronousQueue and a maximum that fits all of them",
        seenIn = "zio/zio#277",
        unlike = "task-waits-for-its-own-pool: there the pool is as large as it was meant to be")
public final class MaximumPoolSizeNeverReached implements Scenario {

    private static final String END = "";

    @Override
    public void leaky(Threads threads) {
        threads.start("export", () -> {
            try (ExecutorService pool = pool(threads, new LinkedBlockingQueue<>())) {
                export(pool);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("export", () -> {
            try (ExecutorService pool = pool(threads, new SynchronousQueue<>())) {
                export(pool);
            }
        });
    }

    private static ExecutorService pool(Threads threads, BlockingQueue<Runnable> tasks) {
        return new ThreadPoolExecutor(
                1, 4, 60, TimeUnit.SECONDS, tasks, threads.launcher().factory("worker"));
    }

    private static String export(ExecutorService pool) throws InterruptedException {
        BlockingQueue<String> rows = new LinkedBlockingQueue<>();
        Future<String> written = pool.submit(() -> write(rows));
        Future<Integer> read = pool.submit(() -> read(rows));
        try {
            return read.get() + " rows:\n" + written.get();
        } catch (ExecutionException e) {
            return "no export: " + e.getCause();
        }
    }

    private static String write(BlockingQueue<String> rows) throws InterruptedException {
        StringBuilder file = new StringBuilder();
        for (String row = rows.take(); !row.equals(END); row = rows.take()) {
            file.append(row).append('\n');
        }
        return file.toString();
    }

    private static int read(BlockingQueue<String> rows) throws InterruptedException {
        rows.put("name,price");
        rows.put("pen,3");
        rows.put(END);
        return 2;
    }
}

// java -jar benchmarks.jar run maximum-pool-size-never-reached --idiom jdk
