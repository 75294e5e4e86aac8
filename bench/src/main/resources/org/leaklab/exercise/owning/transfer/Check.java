import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int there = 3 + random.nextInt(4);
        int back = 3 + random.nextInt(4);
        long left = 1000 - 10L * there + back;
        Expect.equal(List.of(left, 2000 - left), Transfer.work(threads, there, back));
    }
}
