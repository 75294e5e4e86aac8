import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToIntFunction;

/**
 * Sums up the orders of customers in a pool of two threads.
 *
 * <p>With one customer it works. With several it stands still. Mend it: the sum is right, and all orders are looked up
 * in threads of the factory, which makes no more than two.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check orders
 */
public final class Orders {

    /** Returns the sum of the orders of all customers. */
    public static int work(ThreadFactory threads, List<String> customers, ToIntFunction<String> orders)
            throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(2, threads)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (String customer : customers) {
                all.add(pool.submit(() -> {
                    Future<Integer> found = pool.submit(() -> orders.applyAsInt(customer));
                    return found.get();
                }));
            }
            int sum = 0;
            for (Future<Integer> each : all) {
                sum += each.get();
            }
            return sum;
        }
    }
}
