import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> messages = Expect.words(random, 1, 5);
        Expect.equal(messages, Poller.work(threads, Expect.takesLong(random) ? Expect.late(messages, 1500) : messages));
    }
}
