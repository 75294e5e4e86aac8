import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * The caller cancels a future that a thread works for.
 *
 * <p>Which threads are stuck at the end? Do not run it: think, and write your letter into the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: works
 *   <li>c: caller and waits
 *   <li>d: caller, waits and works
 * </ul>
 *
 * <p>Check it: java -jar benchmarks.jar exercise check Later.java
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
                task -> start(threads, "works", task));
        begun.await();
        future.cancel(true);
        start(threads, "waits", () -> future.exceptionally(e -> null).join()).join();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
