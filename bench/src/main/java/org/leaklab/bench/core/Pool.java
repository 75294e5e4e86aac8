package org.leaklab.bench.core;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.pattern.WorkerPool;

/** What runs a task on another thread and gives back its result: one adapter for each implementation. */
interface Pool extends AutoCloseable {

    /** Tasks a round. */
    int TASKS = 2_000;

    /** Submits a task that makes a 1, and waits for its result. */
    int submitAndGet() throws Exception;

    /** Pools of four workers, or of one for each task. */
    static Pool of(String implementation, ThreadKind kind) throws InterruptedException {
        int workers = 4;
        int queued = 16;
        return switch (implementation) {
            case "leaklab" ->
                new LeaklabPool(WorkerPool.open(Launcher.of(kind), Context.background(), workers, queued));
            case "fixed-thread-pool" -> new ExecutorPool(Executors.newFixedThreadPool(workers, Crew.factory(kind)));
            case "per-task-executor" -> new ExecutorPool(Executors.newThreadPerTaskExecutor(Crew.factory(kind)));
            default -> throw new IllegalArgumentException("no pool of " + implementation);
        };
    }

    /** One thread that submits task after task, each when it has the result of the one before. */
    static List<Crew.Part> oneByOne(Pool pool) {
        return List.of(() -> {
            long sum = 0;
            for (int i = 0; i < TASKS; i++) {
                sum += pool.submitAndGet();
            }
            return sum;
        });
    }

    /** A worker pool of leaklab. */
    record LeaklabPool(WorkerPool workers) implements Pool {
        @Override
        public int submitAndGet() throws Exception {
            return workers.submit(scope -> 1).get();
        }

        @Override
        public void close() {
            workers.close();
        }
    }

    /** An executor of the JDK. */
    record ExecutorPool(ExecutorService executor) implements Pool {
        @Override
        public int submitAndGet() throws Exception {
            return executor.submit(() -> 1).get();
        }

        @Override
        public void close() {
            executor.shutdownNow();
            executor.close();
        }
    }
}
