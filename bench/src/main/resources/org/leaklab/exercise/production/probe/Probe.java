import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Probes a server each millisecond, until it has answered three times.
 *
 * <p>In production it is silent after some hours: no probe, no error, and the caller waits. Mend it: it goes on after a
 * probe that fails, and returns after the third answer.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check probe
 */
public final class Probe {

    private int number;

    /** Returns how many probes it took. */
    public static int work(ThreadFactory threads, IntConsumer probe) throws InterruptedException {
        Probe probes = new Probe();
        CountDownLatch answers = new CountDownLatch(3);
        try (ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor(threads)) {
            pool.scheduleAtFixedRate(
                    () -> {
                        if (answers.getCount() > 0) {
                            probes.number++;
                            probe.accept(probes.number);
                            answers.countDown();
                        }
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            answers.await();
        }
        return probes.number;
    }
}
