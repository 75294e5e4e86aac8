import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A postman puts letters into a mailbox, and a reader takes them out, in two threads.
 *
 * <p>Some days the reader waits for ever, with a letter in the box. Mend it: each letter is read, in the order in which
 * they came, however long the postman takes, and both threads end.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check letter
 */
public final class Letter {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition delivered = lock.newCondition();
    private final Queue<String> box = new ArrayDeque<>();

    /** Returns what the reader has read. */
    public static List<String> work(ThreadFactory threads, List<String> letters) throws InterruptedException {
        Letter mailbox = new Letter();
        List<String> read = new ArrayList<>();
        Thread reader = threads.newThread(() -> {
            for (int i = 0; i < letters.size(); i++) {
                read.add(mailbox.take());
            }
        });
        reader.setName("reader");
        Thread postman = threads.newThread(() -> letters.forEach(mailbox::deliver));
        postman.setName("postman");
        postman.start();
        reader.start();
        reader.join();
        postman.join();
        return read;
    }

    private void deliver(String letter) {
        lock.lock();
        try {
            box.add(letter);
            delivered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private String take() {
        lock.lock();
        try {
            delivered.awaitUninterruptibly();
            return box.remove();
        } finally {
            lock.unlock();
        }
    }
}
