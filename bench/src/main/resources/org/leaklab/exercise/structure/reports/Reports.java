import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * Asks each server for a report, in a thread for each, and returns the first report that comes.
 *
 * <p>The caller gets its report, but there are more and more threads. Mend it: it still asks all servers at the same
 * time, it returns the first report without waiting for the others, and no thread stays for ever.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check reports
 */
public final class Reports {

    /** Returns the first report. */
    public static String work(ThreadFactory threads, List<String> servers, Function<String, String> ask)
            throws InterruptedException {
        BlockingQueue<String> reports = new SynchronousQueue<>();
        List<Thread> started = new ArrayList<>();
        for (String server : servers) {
            Thread thread = threads.newThread(() -> {
                try {
                    reports.put(ask.apply(server));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setName("ask-" + server);
            started.add(thread);
        }
        started.forEach(Thread::start);
        return reports.take();
    }
}
