import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A cache that many threads read. What is not in it is loaded.
 *
 * <p>The first thread that does not find its key waits for ever. Mend it: each reader gets its value, each key is
 * loaded once, and each thread ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check cache
 */
public final class Cache {

    private final ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
    private final Map<String, String> values = new HashMap<>();

    /** Reads a key in several threads, and returns how many got a value. */
    public static int work(ThreadFactory threads, String key, int readers, Function<String, String> load)
            throws InterruptedException {
        Cache cache = new Cache();
        List<String> got = new ArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= readers; i++) {
            Thread reader = threads.newThread(() -> {
                String value = cache.get(key, load);
                synchronized (got) {
                    if (value != null) {
                        got.add(value);
                    }
                }
            });
            reader.setName("reader-" + i);
            all.add(reader);
        }
        all.forEach(Thread::start);
        for (Thread reader : all) {
            reader.join();
        }
        return got.size();
    }

    private String get(String key, Function<String, String> load) {
        locks.readLock().lock();
        try {
            String value = values.get(key);
            if (value == null) {
                locks.writeLock().lock();
                try {
                    value = load.apply(key);
                    values.put(key, value);
                } finally {
                    locks.writeLock().unlock();
                }
            }
            return value;
        } finally {
            locks.readLock().unlock();
        }
    }
}
