import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * A permit is released first, and acquired later.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b or c in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: caller and reader
 *   <li>c: reader
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check permit
 */
public final class Permit {

    static void work(ThreadFactory threads) throws InterruptedException {
        Semaphore letters = new Semaphore(0);
        Thread postman = start(threads, "postman", letters::release);
        postman.join();
        Thread reader = start(threads, "reader", letters::acquireUninterruptibly);
        reader.join();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
