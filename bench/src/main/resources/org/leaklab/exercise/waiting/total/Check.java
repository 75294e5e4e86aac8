import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int number = random.nextInt(1000);
        boolean bad = random.nextInt(3) == 0;
        int got = Total.work(threads, number + (bad ? " EUR" : ""), text -> {
            if (!bad) {
                sleep(number % 2 == 0 ? 250 : 1);
            }
            return Integer.parseInt(text);
        });
        Expect.equal(bad ? -1 : number, got);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
