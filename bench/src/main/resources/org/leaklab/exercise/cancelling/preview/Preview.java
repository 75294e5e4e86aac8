import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Draws a preview in a thread, and cancels it because the user has closed the window.
 *
 * <p>The future says that it is cancelled, and the thread goes on drawing. Mend it: it begins to draw and returns true,
 * and no thread stays.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check preview
 */
public final class Preview {

    /** Begins to draw, cancels it, and returns whether it was cancelled. */
    public static boolean work(ThreadFactory threads, Runnable draw) throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor(threads);
        CountDownLatch begun = new CountDownLatch(1);
        Runnable task = () -> {
            begun.countDown();
            draw.run();
        };
        CompletableFuture<Void> preview = CompletableFuture.runAsync(task, pool);
        pool.shutdown();
        begun.await();
        preview.cancel(true);
        return preview.isCancelled();
    }
}
