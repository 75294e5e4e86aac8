import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A word mill: readers read pages, counters count words, and each night there is a parade.
 *
 * <p>Some of its threads can never be woken, all at one place, and there are more of them each minute. Find them in the
 * running program; reading alone takes long. Run it in one window, and look at it from another one:
 *
 * <pre>
 *   java exercises/Night.java                         runs it
 *   jps -m                                            shows which process it is: the line that ends with Night.java
 *   java -jar bench/target/benchmarks.jar detect PID  shows what can never be woken, and what only waits
 * </pre>
 *
 * <p>Write the name of one of them and its line into the last line of this file, as in "worker-3 Night.java:12". Do not
 * change other lines: the line is the one in the file as you got it.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check night
 */
public final class Night {

    /** One piece of text to be counted. */
    record Page(int number, String text) {}

    /** What was found on a page. */
    record Count(int page, Map<String, Integer> words) {}

    private static final int READERS = 2;
    private static final int COUNTERS = 3;

    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(16);
    private final BlockingQueue<Count> counts = new LinkedBlockingQueue<>();
    private final Totals totals = new Totals();
    private final Archive archive = new Archive();
    private final Log log = new Log();
    private final Accounts accounts = new Accounts();
    private final Health health = new Health();

    /** Runs until it is stopped. */
    public static void main(String[] args) throws InterruptedException {
        Night mill = new Night();
        mill.begin();
        System.out.println("running; stop it with Ctrl-C");
        while (true) {
            TimeUnit.SECONDS.sleep(10);
            System.out.println(mill.health);
        }
    }

    private void begin() {
        for (int i = 1; i <= READERS; i++) {
            Book book = new Book(i);
            loop("reader-" + i, () -> pages.put(book.next()));
        }
        for (int i = 1; i <= COUNTERS; i++) {
            loop("counter-" + i, this::count);
        }
        loop("summer", this::sum);
        loop("archivist", this::keep);
        loop("logger", log::write);
        loop("checker", this::check);
        loop("teller", this::tell);
        loop("night", this::night);
    }

    /** What a thread does again and again. */
    interface Work {
        void once() throws InterruptedException;
    }

    private static void loop(String name, Work work) {
        start(name, () -> {
            try {
                while (true) {
                    work.once();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }

    // ---- counting

    private void count() throws InterruptedException {
        Page page = pages.take();
        Map<String, Integer> words = new LinkedHashMap<>();
        for (String word : page.text().split(" ")) {
            words.merge(word, 1, Integer::sum);
        }
        counts.put(new Count(page.number(), words));
        health.counted.incrementAndGet();
        if (page.number() % 200 == 0) {
            log.say("page " + page.number());
        }
    }

    private void sum() throws InterruptedException {
        Count count = counts.take();
        totals.add(count);
        if (count.page() % 150 == 0) {
            archive.offer(totals.snapshot());
        }
    }

    private void keep() throws InterruptedException {
        Map<String, Integer> kept = archive.next();
        health.kept.addAndGet(kept.isEmpty() ? 0 : 1);
    }

    // ---- checks, each second

    private void check() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(900);
        try (ExecutorService pool = Executors.newFixedThreadPool(
                2, task -> Thread.ofVirtual().name("check").unstarted(task))) {
            Callable<Integer> words = () -> totals.snapshot().size();
            Callable<Integer> waiting = () -> pages.size() + counts.size();
            List<Future<Integer>> results = List.of(pool.submit(words), pool.submit(waiting));
            for (Future<Integer> result : results) {
                health.checked.addAndGet(result.get(2, TimeUnit.SECONDS));
            }
        } catch (ExecutionException | TimeoutException e) {
            log.say("a check failed: " + e);
        }
    }

    // ---- accounts: money goes back and forth

    private void tell() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(20);
        int from = ThreadLocalRandom.current().nextInt(Accounts.SIZE);
        int to = (from + 1) % Accounts.SIZE;
        accounts.move(from, to, 1);
        health.moved.incrementAndGet();
    }

    // ---- the night: once per second here

    private final AtomicInteger nights = new AtomicInteger();

    private void night() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1100);
        int night = nights.incrementAndGet();
        parade(night);
        settle(night);
        health.nights.set(night);
    }

    /** Several threads meet at a barrier, and each goes through its part. */
    private void parade(int night) throws InterruptedException {
        int parts = 3;
        CyclicBarrier ready = new CyclicBarrier(parts + 1);
        CountDownLatch begun = new CountDownLatch(parts);
        for (int i = 0; i < parts; i++) {
            String name = "parade-" + night + "-" + i;
            start(name, () -> {
                begun.countDown();
                try {
                    ready.await();
                    health.paraded.incrementAndGet();
                } catch (Exception e) {
                    log.say(name + ": " + e);
                }
            });
        }
        begun.await();
    }

    /** Closes the books of a night: two threads settle two accounts with each other. */
    private void settle(int night) throws InterruptedException {
        ReentrantLock debit = new ReentrantLock();
        ReentrantLock credit = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        Thread first = start("debit-" + night, () -> lockBoth(debit, credit, both, night));
        Thread second = start("credit-" + night, () -> lockBoth(debit, credit, both, night));
        first.join(200);
        second.join(200);
    }

    private void lockBoth(ReentrantLock one, ReentrantLock other, CountDownLatch both, int night) {
        one.lock();
        try {
            both.countDown();
            boolean together = both.await(50, TimeUnit.MILLISECONDS);
            other.lock();
            try {
                log.say("settled " + night + (together ? "" : ", one after the other"));
            } finally {
                other.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            one.unlock();
        }
    }

    /** Pages of words. */
    private static final class Book {
        private static final List<String> WORDS = List.of("wind", "water", "stone", "corn", "flour", "bread");
        private final Random random;
        private int number;

        Book(int seed) {
            this.random = new Random(seed);
        }

        Page next() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(3);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            return new Page(++number, text.toString());
        }
    }

    /** The sums, which many read and one writes. */
    private static final class Totals {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private final Map<String, Integer> sums = new LinkedHashMap<>();

        void add(Count count) {
            lock.writeLock().lock();
            try {
                count.words().forEach((word, times) -> sums.merge(word, times, Integer::sum));
            } finally {
                lock.writeLock().unlock();
            }
        }

        Map<String, Integer> snapshot() {
            lock.readLock().lock();
            try {
                return new LinkedHashMap<>(sums);
            } finally {
                lock.readLock().unlock();
            }
        }
    }

    /** Keeps snapshots for a while. */
    private static final class Archive {
        private final Object monitor = new Object();
        private final List<Map<String, Integer>> kept = new ArrayList<>();

        void offer(Map<String, Integer> snapshot) {
            synchronized (monitor) {
                kept.add(snapshot);
                monitor.notifyAll();
            }
        }

        Map<String, Integer> next() throws InterruptedException {
            synchronized (monitor) {
                while (kept.isEmpty()) {
                    monitor.wait();
                }
                return kept.removeLast();
            }
        }
    }

    /** Lines that a thread of its own writes. */
    private static final class Log {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(500);
        private final List<String> last = Collections.synchronizedList(new ArrayList<>());

        void say(String line) {
            if (!lines.offer(line)) {
                last.add("a line was lost");
            }
        }

        void write() throws InterruptedException {
            last.add(lines.take());
            if (last.size() > 100) {
                last.removeFirst();
            }
        }
    }

    /** Accounts, each with a lock; who needs two takes the one with the smaller number first. */
    private static final class Accounts {
        static final int SIZE = 4;
        private final Map<Integer, ReentrantLock> locks = new ConcurrentHashMap<>();
        private final long[] balances = new long[SIZE];

        void move(int from, int to, long amount) {
            ReentrantLock first = lock(Math.min(from, to));
            ReentrantLock second = lock(Math.max(from, to));
            first.lock();
            try {
                second.lock();
                try {
                    balances[from] -= amount;
                    balances[to] += amount;
                } finally {
                    second.unlock();
                }
            } finally {
                first.unlock();
            }
        }

        private ReentrantLock lock(int number) {
            return locks.computeIfAbsent(number, key -> new ReentrantLock());
        }
    }

    /** What is said each ten seconds. */
    private static final class Health {
        final AtomicInteger counted = new AtomicInteger();
        final AtomicInteger kept = new AtomicInteger();
        final AtomicInteger checked = new AtomicInteger();
        final AtomicInteger moved = new AtomicInteger();
        final AtomicInteger paraded = new AtomicInteger();
        final AtomicInteger nights = new AtomicInteger();

        @Override
        public String toString() {
            return "counted " + counted + ", kept " + kept + ", checked " + checked + ", moved " + moved + ", paraded "
                    + paraded + ", nights " + nights;
        }
    }
}

// answer: ?
