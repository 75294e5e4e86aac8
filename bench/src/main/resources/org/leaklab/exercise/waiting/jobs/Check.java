import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> work = Expect.words(random, 0, 6);
        Expect.equal(work.size(), Jobs.work(threads, work));
    }
}
