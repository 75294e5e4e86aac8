import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        String item = Expect.words(random, 1, 1).getFirst();
        Expect.equal(item, Stock.work(threads, item));
    }
}
