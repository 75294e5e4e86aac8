import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several consumers handle items until they find a pill in the queue, which means: no more.
 *
 * <p>One consumer ends, the others stay. Mend it: each item is handled, however late it comes and whenever a consumer
 * begins, and each consumer ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check pills
 */
public final class Pills {

    private static final String PILL = "no more";

    /** Returns how many items were handled. */
    public static int work(ThreadFactory threads, int consumers, List<String> items) throws InterruptedException {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        AtomicInteger handled = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= consumers; i++) {
            Thread consumer = threads.newThread(() -> {
                try {
                    while (!queue.take().equals(PILL)) {
                        handled.incrementAndGet();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            consumer.setName("consumer-" + i);
            consumer.start();
            all.add(consumer);
        }
        for (String item : items) {
            queue.put(item);
        }
        queue.put(PILL);
        for (Thread consumer : all) {
            consumer.join();
        }
        return handled.get();
    }
}
