import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int visitors = 4 + random.nextInt(4);
        Expect.equal(visitors, Gate.work(threads, visitors));
    }
}
