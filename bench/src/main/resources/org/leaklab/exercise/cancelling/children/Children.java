import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntUnaryOperator;

/**
 * Asks several services at the same time and sums up their answers. A service may take for ever to answer.
 *
 * <p>It may be cancelled: the thread that calls it is interrupted, and then the threads that it has started never end.
 * Mend it: cancelled or not, no thread stays.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check children
 */
public final class Children {

    /** Returns the sum of the answers. */
    public static int work(ThreadFactory threads, int services, IntUnaryOperator ask) throws InterruptedException {
        BlockingQueue<Integer> answers = new SynchronousQueue<>();
        List<Thread> children = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            int service = i;
            Thread child = threads.newThread(() -> {
                try {
                    answers.put(ask.applyAsInt(service));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            child.setName("child-" + service);
            children.add(child);
        }
        children.forEach(Thread::start);
        int sum = 0;
        for (int i = 0; i < services; i++) {
            sum += answers.take();
        }
        return sum;
    }
}
