import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two threads take what they have already: one a lock, one the only permit.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: caller and locker
 *   <li>c: caller and acquirer
 *   <li>d: caller, locker and acquirer
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check twice
 */
public final class Twice {

    static void work(ThreadFactory threads) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Semaphore permit = new Semaphore(1);
        Thread locker = start(threads, "locker", () -> {
            lock.lock();
            lock.lock();
        });
        Thread acquirer = start(threads, "acquirer", () -> {
            permit.acquireUninterruptibly();
            permit.acquireUninterruptibly();
        });
        locker.join();
        acquirer.join();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
