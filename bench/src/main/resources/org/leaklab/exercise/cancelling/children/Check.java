import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int services = 2 + random.nextInt(4);
        boolean cancelled = random.nextInt(3) == 0;
        Thread caller = Thread.currentThread();
        CountDownLatch never = new CountDownLatch(1);
        try {
            int sum = Children.work(threads, services, service -> {
                if (cancelled && service == 0) {
                    caller.interrupt();
                }
                if (cancelled) {
                    await(never);
                }
                return 10 + service;
            });
            Expect.that(
                    cancelled || sum == services * 10 + services * (services - 1) / 2,
                    "it should return the sum of all answers, and returned " + sum);
        } catch (InterruptedException e) {
            if (!cancelled) {
                throw e;
            }
        }
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
