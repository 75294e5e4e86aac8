import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Gives requests to a pool with one thread, and waits for each answer.
 *
 * <p>When requests come faster than they are answered, it stands still. Mend it: each request gets its answer. Keep the
 * pool at one thread, and keep the queue that work() is given, which has room for one request.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check overload
 */
public final class Overload {

    /** Returns the answers. */
    public static List<Integer> work(
            ThreadFactory threads, BlockingQueue<Runnable> queue, int requests, IntUnaryOperator handle)
            throws InterruptedException, ExecutionException {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue, threads)) {
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
            List<Future<Integer>> pending = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int request = i;
                pending.add(pool.submit(() -> handle.applyAsInt(request)));
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> each : pending) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
