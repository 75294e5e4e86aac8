import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int services = 2 + random.nextInt(4);
        boolean cancelled = random.nextInt(3) == 0;
        Thread caller = Thread.currentThread();
        CountDownLatch never = new CountDownLatch(1);
        Expect.Together all = new Expect.Together(threads, services);
        try {
            int sum = Children.work(threads, services, service -> {
                if (cancelled && service == 0) {
                    caller.interrupt();
                }
                if (cancelled) {
                    await(never);
                } else {
                    all.meet();
                }
                return 10 + service;
            });
            all.check("it does not ask all services at the same time");
            Expect.that(
                    !cancelled || Thread.interrupted(),
                    "it was interrupted, and returned as if nothing had been");
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
