import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        CountDownLatch beats = new CountDownLatch(2);
        boolean fails = random.nextInt(3) == 0;
        String result;
        try {
            result = Heartbeat.work(threads, beats::countDown, () -> {
                beats.await();
                if (fails) {
                    throw new java.io.IOException("disk full");
                }
                return "done";
            });
        } catch (java.io.IOException e) {
            result = "disk full";
        }
        Expect.equal(fails ? "disk full" : "done", result);
    }
}
