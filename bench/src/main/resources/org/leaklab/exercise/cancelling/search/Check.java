import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int number = random.nextInt(200);
        int found = Search.work(threads, candidate -> {
            LockSupport.parkNanos(50_000);
            return candidate == number;
        });
        Expect.equal(number, found);
    }
}
