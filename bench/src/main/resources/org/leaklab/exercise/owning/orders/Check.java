import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        List<String> customers = Expect.words(random, 4, 7);
        int expected = customers.stream().mapToInt(String::length).sum();
        Set<Thread> made = ConcurrentHashMap.newKeySet();
        AtomicBoolean inAnother = new AtomicBoolean();
        ThreadFactory notes = task -> {
            Thread thread = threads.newThread(task);
            made.add(thread);
            return thread;
        };
        int sum = Orders.work(notes, customers, customer -> {
            if (!made.contains(Thread.currentThread())) {
                inAnother.set(true);
            }
            return customer.length();
        });
        Expect.equal(expected, sum);
        Expect.that(made.size() <= 2, "no more than two threads should be made, and " + made.size() + " were");
        Expect.that(!inAnother.get(), "orders were looked up in a thread that the factory did not make");
    }
}
