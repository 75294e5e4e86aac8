package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.CERTAIN;
import static org.leaklab.heapdump.suite.Label.HEALTHY;
import static org.leaklab.heapdump.suite.Label.UNLESS_INTERRUPTED;

import java.lang.Thread.State;
import java.lang.ref.Reference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.leaklab.core.ThreadKind;

/**
 * Pools, abandoned and alive, with workers that idle and workers that are stuck in their task. An abandoned pool of
 * virtual threads is none of these: the pool alone keeps its threads, so the collector takes them with it.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "resource"}) // abandoned on purpose
final class ExecutorShapes {

    private static final int WORKERS = 3;

    private ExecutorShapes() {}

    private static ThreadPoolExecutor idle(Stage stage, Label label) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>(), stage.factory(label, State.WAITING));
        pool.prestartAllCoreThreads();
        return pool;
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void idleWorkersOfAnAbandonedPool(Stage stage) {
        idle(stage, CERTAIN);
    }

    @Shape
    static void idleWorkersOfALivingPool(Stage stage) {
        Stage.keep(idle(stage, HEALTHY));
    }

    /** The workers would run its task one day; it holds the pool. */
    @Shape
    static void idleWorkersOfAPoolThatASleeperHolds(Stage stage) {
        stage.sleeper(idle(stage, HEALTHY));
    }

    @Shape
    static void idleWorkersWithKeepAlive(Stage stage) {
        ThreadPoolExecutor pool = idle(stage, HEALTHY, State.TIMED_WAITING);
        pool.allowCoreThreadTimeOut(true);
    }

    private static ThreadPoolExecutor idle(Stage stage, Label label, State state) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>(), stage.factory(label, state));
        pool.prestartAllCoreThreads();
        return pool;
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void stuckWorkerOfAnAbandonedPool(Stage stage) {
        ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory(CERTAIN, State.WAITING));
        pool.execute(ExecutorShapes::waitForNobody);
    }

    /** {@code shutdownNow} would interrupt it. */
    @Shape
    static void stuckWorkerOfALivingPool(Stage stage) {
        ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory(UNLESS_INTERRUPTED, State.WAITING));
        pool.execute(ExecutorShapes::waitForNobody);
        Stage.keep(pool);
    }

    @Shape
    static void submitterOfAStuckTask(Stage stage) {
        ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory(CERTAIN, State.WAITING));
        stage.start(CERTAIN, () -> {
            Future<?> future = pool.submit(ExecutorShapes::waitForNobody);
            future.get();
            Reference.reachabilityFence(pool);
        });
    }

    /** The worker takes the task when it is through with what it sleeps in. */
    @Shape
    static void submitterBehindASleepingWorker(Stage stage) {
        ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory(HEALTHY, State.TIMED_WAITING));
        pool.submit(() -> {
            Thread.sleep(TimedShapes.HOUR);
            return 1;
        });
        stage.start(HEALTHY, () -> pool.submit(() -> 2).get());
    }

    @Shape
    static void invokeAll(Stage stage) {
        ExecutorService pool = Executors.newFixedThreadPool(1, stage.factory(CERTAIN, State.WAITING));
        stage.start(CERTAIN, () -> {
            pool.invokeAll(List.of(Executors.callable(ExecutorShapes::waitForNobody)));
            Reference.reachabilityFence(pool);
        });
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void perTaskExecutorAbandoned(Stage stage) {
        ExecutorService pool = Executors.newThreadPerTaskExecutor(stage.factory(CERTAIN, State.WAITING));
        pool.submit(ExecutorShapes::waitForNobody);
    }

    @Shape
    static void perTaskExecutorAlive(Stage stage) {
        ExecutorService pool = Executors.newThreadPerTaskExecutor(stage.factory(UNLESS_INTERRUPTED, State.WAITING));
        pool.submit(ExecutorShapes::waitForNobody);
        Stage.keep(pool);
    }

    /** Closing waits a day at a time. */
    @Shape
    static void closing(Stage stage) {
        stage.start(HEALTHY, State.TIMED_WAITING, () -> {
            try (ExecutorService pool =
                    Executors.newFixedThreadPool(1, stage.factory(UNLESS_INTERRUPTED, State.WAITING))) {
                pool.submit(ExecutorShapes::waitForNobody);
            }
        });
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void schedulerWithoutTasksAbandoned(Stage stage) {
        new ScheduledThreadPoolExecutor(1, stage.factory(CERTAIN, State.WAITING)).prestartCoreThread();
    }

    @Shape
    static void schedulerWithATask(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        new ScheduledThreadPoolExecutor(1, stage.factory(HEALTHY, State.TIMED_WAITING))
                .scheduleAtFixedRate(latch::countDown, 1, 1, TimeUnit.HOURS);
        stage.start(HEALTHY, latch::await);
    }

    private static ForkJoinPool forkJoin() {
        return new ForkJoinPool(
                1, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true, 1, 8, 1, null, 1, TimeUnit.HOURS);
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void forkJoinPoolAlive(Stage stage) throws InterruptedException {
        ForkJoinPool pool = forkJoin();
        Stage.keep(pool);
        CountDownLatch adopted = new CountDownLatch(1);
        pool.execute(() -> adoptAndWait(stage, adopted));
        adopted.await();
    }

    @Shape(kinds = ThreadKind.PLATFORM, once = true)
    static void commonPool(Stage stage) throws InterruptedException {
        CountDownLatch adopted = new CountDownLatch(1);
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(() -> adoptAndWait(stage, adopted), ForkJoinPool.commonPool());
        adopted.await();
        stage.start(UNLESS_INTERRUPTED, done::get);
    }

    private static void adoptAndWait(Stage stage, CountDownLatch adopted) {
        stage.adopt(UNLESS_INTERRUPTED, State.WAITING);
        adopted.countDown();
        waitForNobody();
    }

    private static void waitForNobody() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
