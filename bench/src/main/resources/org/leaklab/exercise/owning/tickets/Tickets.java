import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Sells tickets to buyers, each in a thread, and notes each sale in a log, which may throw anything.
 *
 * <p>After some buyers nobody gets through. Mend it: each buyer's thread ends, and all tickets are sold, but no more
 * than there are. If the log fails, the exception goes to the buyer, and the sale does not count.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check tickets
 */
public final class Tickets {

    private final ReentrantLock lock = new ReentrantLock();
    private int left;

    /** Returns how many buyers were told that they have their tickets. */
    public static int work(ThreadFactory threads, int tickets, List<Integer> wishes, IntConsumer log)
            throws InterruptedException {
        Tickets office = new Tickets();
        office.left = tickets;
        AtomicInteger sold = new AtomicInteger();
        List<Thread> buyers = new ArrayList<>();
        for (int wish : wishes) {
            Thread buyer = threads.newThread(() -> {
                try {
                    if (office.sell(wish, log)) {
                        sold.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    System.err.println("the log is full");
                }
            });
            buyer.setName("buyer-" + buyers.size());
            buyers.add(buyer);
        }
        buyers.forEach(Thread::start);
        for (Thread buyer : buyers) {
            buyer.join();
        }
        return sold.get();
    }

    private boolean sell(int wish, IntConsumer log) {
        lock.lock();
        if (wish > left) {
            return false;
        }
        log.accept(wish);
        left -= wish;
        lock.unlock();
        return true;
    }
}
