import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        CountDownLatch beats = new CountDownLatch(2);
        AtomicInteger running = new AtomicInteger();
        boolean fails = random.nextInt(3) == 0;
        boolean error = random.nextBoolean();
        int millis = Expect.takesLong(random) ? 1500 : random.nextBoolean() ? 30 : 0;
        Runnable beat = () -> {
            running.incrementAndGet();
            beats.countDown(); // the job ends while the second beat runs
            pauseToTheEnd(millis);
            running.decrementAndGet();
        };
        String result;
        try {
            result = Heartbeat.work(threads, beat, () -> {
                beats.await();
                if (fails && error) {
                    throw new StackOverflowError();
                }
                if (fails) {
                    throw new java.io.IOException("disk full");
                }
                return "done";
            });
        } catch (java.io.IOException | StackOverflowError e) {
            result = "disk full";
        }
        int late = running.get();
        Expect.equal(fails ? "disk full" : "done", result);
        Expect.that(late == 0, "it has returned, and a beat still runs");
    }

    /** Lets time pass, whether it is interrupted or not. */
    private static void pauseToTheEnd(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() - end < 0) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                // a beat that has begun ends by itself
            }
        }
    }
}
