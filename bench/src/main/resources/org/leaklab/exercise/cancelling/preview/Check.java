import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        CountDownLatch drew = new CountDownLatch(1);
        boolean cancelled = Preview.work(threads, () -> {
            drew.countDown();
            try {
                new CountDownLatch(1).await(); // draws for a long time
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Expect.that(drew.await(2, TimeUnit.SECONDS), "it does not begin to draw");
        Expect.equal(true, cancelled);
    }
}
