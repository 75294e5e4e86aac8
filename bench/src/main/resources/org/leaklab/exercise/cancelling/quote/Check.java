import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        boolean answers = random.nextInt(3) != 0;
        String quote = Quote.work(threads, () -> {
            if (!answers) {
                new CountDownLatch(1).await(); // a connection that never answers
            }
            return "42 EUR";
        });
        Expect.equal(answers ? "42 EUR" : "no quote", quote);
    }
}
