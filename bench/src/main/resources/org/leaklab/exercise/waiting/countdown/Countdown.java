import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Runs a job for each number, each in a thread, and waits until all are done.
 *
 * <p>On bad days the caller waits for ever. Mend it: it returns when all jobs have ended, well or not, with the number
 * of those that ended well. A job may take long, and it may throw anything.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check countdown
 */
public final class Countdown {

    /** Returns how many jobs ended well. */
    public static int work(ThreadFactory threads, int jobs, IntConsumer job) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(jobs);
        AtomicInteger well = new AtomicInteger();
        for (int i = 0; i < jobs; i++) {
            int number = i;
            Thread thread = threads.newThread(() -> {
                job.accept(number);
                well.incrementAndGet();
                ended.countDown();
            });
            thread.setName("job-" + number);
            thread.start();
        }
        ended.await();
        return well.get();
    }
}
