import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int services = 2 + random.nextInt(4);
        int sum = Children.work(threads, services, service -> {
            Thread.yield();
            return 10 + service;
        });
        Expect.equal(services * 10 + services * (services - 1) / 2, sum);
    }
}
