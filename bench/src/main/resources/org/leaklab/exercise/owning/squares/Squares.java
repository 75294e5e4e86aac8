import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntUnaryOperator;

/**
 * Computes something for each number in a pool of three threads, and returns the sum.
 *
 * <p>Each call leaves threads behind. Mend it: the sum is right, or -1 if a computation fails, and no thread stays.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check squares
 */
public final class Squares {

    /** Returns the sum, or -1. */
    public static int work(ThreadFactory threads, List<Integer> numbers, IntUnaryOperator compute)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(3, threads);
        List<Future<Integer>> results = new ArrayList<>();
        for (int number : numbers) {
            results.add(pool.submit(() -> compute.applyAsInt(number)));
        }
        try {
            int sum = 0;
            for (Future<Integer> result : results) {
                sum += result.get();
            }
            return sum;
        } catch (ExecutionException e) {
            return -1;
        }
    }
}
