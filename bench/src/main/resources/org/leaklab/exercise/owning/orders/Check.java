import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> customers = Expect.words(random, 4, 7);
        int expected = customers.stream().mapToInt(String::length).sum();
        AtomicInteger made = new AtomicInteger();
        ThreadFactory counts = task -> {
            made.incrementAndGet();
            return threads.newThread(task);
        };
        Expect.equal(expected, Orders.work(counts, customers, String::length));
        Expect.that(made.get() <= 2, "no more than two threads should be made, and " + made + " were");
    }
}
