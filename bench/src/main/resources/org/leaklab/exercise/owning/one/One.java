import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * A task gives another task to its own pool and waits for it. The pool has one thread, worker.
 *
 * <p>Which threads are stuck at the end, so that nobody can ever wake them? The thread that calls work() is named
 * caller. Do not run it: think, and write a, b, c or d in place of the ? in the last line.
 *
 * <ul>
 *   <li>a: nobody
 *   <li>b: worker
 *   <li>c: caller and worker
 *   <li>d: caller
 * </ul>
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check one
 */
public final class One {

    static void work(ThreadFactory threads) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> {
            Thread thread = threads.newThread(task);
            thread.setName("worker");
            return thread;
        });
        Future<String> outer = pool.submit(() -> {
            Future<String> inner = pool.submit(() -> "done");
            return inner.get();
        });
        System.out.println(outer.get());
        pool.shutdown();
    }
}

// answer: ?
