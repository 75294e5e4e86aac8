import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job while a thread sends a heartbeat.
 *
 * <p>The heart goes on beating when the job is over. Mend it: it returns what the job returns, throws what it throws,
 * and after that nothing beats and no thread stays.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check heartbeat
 */
public final class Heartbeat {

    /** Returns what the job returns. */
    public static String work(ThreadFactory threads, Runnable beat, Callable<String> job) throws Exception {
        ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor(threads);
        Future<?> beats = pool.scheduleAtFixedRate(beat, 0, 1, TimeUnit.MILLISECONDS);
        String result = job.call();
        return result;
    }
}
