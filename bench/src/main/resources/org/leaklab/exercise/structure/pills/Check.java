import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> items = Expect.words(random, 2, 8);
        Expect.equal(items.size(), Pills.work(threads, 3 + random.nextInt(3), items));
    }
}
