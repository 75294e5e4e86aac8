import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Three threads search for a number. When one has found it, the others are interrupted.
 *
 * <p>The others go on searching for ever. Mend it: all three threads end, and then the number is returned.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check search
 */
public final class Search {

    private static final int THREADS = 3;

    /** Returns the number. */
    public static int work(ThreadFactory threads, IntPredicate isIt) throws InterruptedException {
        AtomicInteger found = new AtomicInteger(-1);
        CountDownLatch done = new CountDownLatch(1);
        List<Thread> searchers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread searcher = threads.newThread(() -> {
                for (int number = first; found.get() != number; number += THREADS) {
                    if (isIt.test(number)) {
                        found.set(number);
                        done.countDown();
                        return;
                    }
                }
            });
            searcher.setName("searcher-" + first);
            searchers.add(searcher);
        }
        searchers.forEach(Thread::start);
        done.await();
        searchers.forEach(Thread::interrupt);
        for (Thread searcher : searchers) {
            searcher.join();
        }
        return found.get();
    }
}
