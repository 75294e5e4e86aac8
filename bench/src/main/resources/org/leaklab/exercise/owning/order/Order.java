import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Three threads and two locks.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: left and right
 *   <li>c: caller, left and right
 *   <li>d: all four
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check order
 */
public final class Order {

    static void work(ThreadFactory threads) throws InterruptedException {
        ReentrantLock one = new ReentrantLock();
        ReentrantLock two = new ReentrantLock();
        CountDownLatch all = new CountDownLatch(3);
        Thread left = start(threads, "left", () -> lock(one, all, two));
        Thread right = start(threads, "right", () -> lock(two, all, one));
        Thread third = start(threads, "third", all::countDown);
        third.join();
        left.join();
        right.join();
    }

    private static void lock(ReentrantLock first, CountDownLatch all, ReentrantLock second) {
        first.lock();
        all.countDown();
        try {
            all.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        second.lock();
        second.unlock();
        first.unlock();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
