import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int bad = 1 + random.nextInt(3);
        int took = Probe.work(threads, number -> {
            if (number == bad) {
                throw Expect.exception(random, "connection refused");
            }
        });
        Expect.equal(4, took);
    }
}
