import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * One thread runs the task of a future, another one waits for the future, and the caller cancels it.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: worker
 *   <li>c: caller and waiter
 *   <li>d: caller, waiter and worker
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check future
 */
public final class Later {

    static void work(ThreadFactory threads) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Void> future = CompletableFuture.runAsync(
                () -> {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                task -> start(threads, "worker", task));
        begun.await();
        future.cancel(true);
        start(threads, "waiter", () -> future.exceptionally(e -> null).join()).join();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
