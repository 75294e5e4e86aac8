import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int readers = 3 + random.nextInt(3);
        AtomicInteger loads = new AtomicInteger();
        int got = Cache.work(threads, "key", readers, key -> {
            loads.incrementAndGet();
            return "value of " + key;
        });
        Expect.that(loads.get() == 1, "the key should be loaded once, and was " + loads + " times");
        Expect.equal(readers, got);
    }
}
