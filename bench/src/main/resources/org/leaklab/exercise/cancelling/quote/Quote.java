import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a service for a price and waits half a second for it. It may be cancelled: then the thread that calls it is
 * interrupted.
 *
 * <p>After each timeout a thread stays. Mend it: it returns the price, or "no quote" after the time; cancelled or not,
 * no thread stays.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check quote
 */
public final class Quote {

    /** Returns the price, or "no quote". */
    public static String work(ThreadFactory threads, Callable<String> service) throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor(threads);
        Future<String> quote = pool.submit(service);
        pool.shutdown();
        try {
            return quote.get(500, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "no quote";
        } catch (ExecutionException e) {
            return "failed: " + e.getCause().getMessage();
        }
    }
}
