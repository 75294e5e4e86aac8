import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads take what they have already: one a lock, one the only permit.
 *
 * <p>Which threads are stuck at the end? Do not run it: think, and write your letter into the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: caller and locks
 *   <li>c: caller and acquires
 *   <li>d: caller, locks and acquires
 * </ul>
 *
 * <p>Check it: java -jar benchmarks.jar exercise check Twice.java
 */
public final class Twice {

    static void work(ThreadFactory threads) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Semaphore permit = new Semaphore(1);
        Thread locks = start(threads, "locks", () -> {
            lock.lock();
            lock.lock();
        });
        Thread acquires = start(threads, "acquires", () -> {
            permit.acquireUninterruptibly();
            permit.acquireUninterruptibly();
        });
        locks.join();
        acquires.join();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
