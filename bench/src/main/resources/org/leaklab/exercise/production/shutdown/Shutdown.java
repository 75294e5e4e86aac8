import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shuts a pool down while a reporter waits for its jobs.
 *
 * <p>The pool ends, the reporter does not. Mend it: the reporter counts the jobs that were not done, those too that the
 * pool had not begun, and ends. A job that has begun may take its time and still end well: then it is done.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check shutdown
 */
public final class Shutdown {

    /** Gives jobs to a pool, shuts it down, and returns how many were not done. */
    public static int work(ThreadFactory threads, int jobs, Runnable job) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(1, threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            all.add(pool.submit(job));
        }
        AtomicInteger notDone = new AtomicInteger();
        Thread reporter = threads.newThread(() -> {
            for (Future<?> each : all) {
                try {
                    each.get();
                } catch (ExecutionException | CancellationException e) {
                    notDone.incrementAndGet();
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        reporter.setName("reporter");
        reporter.start();
        pool.shutdownNow();
        reporter.join();
        return notDone.get();
    }
}
