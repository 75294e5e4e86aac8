import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * A thread handles messages from a queue, until it is interrupted.
 *
 * <p>It does not end. Mend it: each message is handled, however late it comes, and the
 * interrupt ends the thread.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check poller
 */
public final class Poller {

    /** Has messages handled, stops the thread, and returns what it has handled. */
    public static List<String> work(ThreadFactory threads, List<String> messages) throws InterruptedException {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch left = new CountDownLatch(messages.size());
        Thread poller = threads.newThread(() -> {
            while (true) {
                try {
                    handled.add(queue.take());
                    left.countDown();
                } catch (InterruptedException e) {
                    System.err.println("interrupted, who cares");
                }
            }
        });
        poller.setName("poller");
        poller.start();
        queue.addAll(messages);
        left.await();
        poller.interrupt();
        poller.join();
        return handled;
    }
}
