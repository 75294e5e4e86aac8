import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        boolean cancelled = Preview.work(threads, () -> {
            try {
                new CountDownLatch(1).await(); // draws for a long time
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Expect.equal(true, cancelled);
    }
}
