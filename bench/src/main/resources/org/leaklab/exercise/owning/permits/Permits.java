import java.io.IOException;
import java.util.List;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service takes two requests at a time. Some requests fail, and after a while no request gets through any more.
 *
 * <p>Mend it: each request is sent, at most two at a time, those that fail are counted, and each thread ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check permits
 */
public final class Permits {

    /** What answers requests. A request that fails ends with an exception, which need not be a checked one. */
    public interface Service {
        void ask(int request) throws IOException;
    }

    /** Sends requests, each in a thread of its own, and returns how many failed. */
    public static int work(ThreadFactory threads, int requests, Service service) throws InterruptedException {
        Semaphore permits = new Semaphore(2);
        AtomicInteger failed = new AtomicInteger();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            int request = i;
            Thread thread = threads.newThread(() -> {
                try {
                    permits.acquire();
                    service.ask(request);
                    permits.release();
                } catch (IOException | RuntimeException e) {
                    failed.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setName("request-" + request);
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
        return failed.get();
    }
}
