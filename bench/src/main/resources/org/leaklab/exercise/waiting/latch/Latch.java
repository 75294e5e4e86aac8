import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Two threads count a latch down, and the caller waits for it.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b or c in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: caller
 *   <li>c: caller, left and right
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check latch
 */
public final class Latch {

    static void work(ThreadFactory threads) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(3);
        start(threads, "left", ready::countDown);
        start(threads, "right", ready::countDown);
        ready.await();
        start(threads, "late", ready::countDown);
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
