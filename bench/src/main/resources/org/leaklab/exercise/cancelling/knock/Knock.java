import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A guest waits for a lock that the caller holds, and the caller interrupts the guest.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: guest
 *   <li>c: caller and guest
 *   <li>d: caller
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check knock
 */
public final class Knock {

    static void work(ThreadFactory threads) throws InterruptedException {
        ReentrantLock door = new ReentrantLock();
        door.lock();
        Thread guest = start(threads, "guest", door::lock);
        while (!door.hasQueuedThread(guest)) {
            Thread.sleep(1);
        }
        guest.interrupt();
        guest.join();
        door.unlock();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
