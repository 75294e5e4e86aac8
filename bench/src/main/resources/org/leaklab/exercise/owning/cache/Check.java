import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

public final class Check {

    public static void round(ThreadFactory threads, Random random) throws Exception {
        int readers = 3 + random.nextInt(3);
        AtomicInteger loads = new AtomicInteger();
        Set<Thread> made = ConcurrentHashMap.newKeySet();
        AtomicBoolean inAnother = new AtomicBoolean();
        ThreadFactory notes = task -> {
            Thread thread = threads.newThread(task);
            made.add(thread);
            return thread;
        };
        int got = Cache.work(notes, "key", readers, key -> {
            loads.incrementAndGet();
            if (!made.contains(Thread.currentThread())) {
                inAnother.set(true);
            }
            Expect.pause(2); // time for the others
            return "value of " + key;
        });
        Expect.that(!inAnother.get(), "a reader that does not find its key should load it, and somebody else did");
        Expect.that(loads.get() == 1, "the key should be loaded once, and was " + loads + " times");
        Expect.equal(readers, got);
    }
}
