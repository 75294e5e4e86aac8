import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Three consumers take jobs from a queue until it is closed.
 *
 * <p>After the close, consumers stay. Mend it: each job is done, and each consumer ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check jobs
 */
public final class Jobs {

    private static final int CONSUMERS = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<String> queue = new ArrayDeque<>();
    private boolean closed;

    /** Has the jobs done, and returns how many were. */
    public static int work(ThreadFactory threads, List<String> work) throws InterruptedException {
        Jobs jobs = new Jobs();
        AtomicInteger done = new AtomicInteger();
        List<Thread> consumers = new ArrayList<>();
        for (int i = 1; i <= CONSUMERS; i++) {
            Thread consumer = threads.newThread(() -> {
                while (jobs.next() != null) {
                    done.incrementAndGet();
                }
            });
            consumer.setName("consumer-" + i);
            consumer.start();
            consumers.add(consumer);
        }
        work.forEach(jobs::add);
        jobs.close();
        for (Thread consumer : consumers) {
            consumer.join();
        }
        return done.get();
    }

    private void add(String job) {
        lock.lock();
        try {
            queue.add(job);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** The next job; null if the queue is closed and empty. */
    private String next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }
}
