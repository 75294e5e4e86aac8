import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Three threads named sender put into a queue without room, and the caller takes twice.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: one sender
 *   <li>c: the caller and one sender
 *   <li>d: two senders
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check handover
 */
public final class Handover {

    static void work(ThreadFactory threads) throws InterruptedException {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        for (int i = 0; i < 3; i++) {
            start(threads, "sender", () -> {
                try {
                    queue.put("letter");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        queue.take();
        queue.take();
    }

    private static Thread start(ThreadFactory threads, String name, Runnable task) {
        Thread thread = threads.newThread(task);
        thread.setName(name);
        thread.start();
        return thread;
    }
}

// answer: ?
