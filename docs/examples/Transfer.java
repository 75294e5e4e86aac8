import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A service that stands still: two virtual threads take the same two locks, which static fields hold, in other orders. */
public class Transfer {

    private static final ReentrantLock CHECKING = new ReentrantLock();
    private static final ReentrantLock SAVINGS = new ReentrantLock();
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    public static void main(String[] args) throws Exception {
        Thread.ofVirtual().name("save").start(() -> move(CHECKING, SAVINGS));
        Thread.ofVirtual().name("spend").start(() -> move(SAVINGS, CHECKING));
        BOTH.await();
        Thread.sleep(1000);
        System.out.println("process " + ProcessHandle.current().pid() + " moves money");
        Thread.sleep(3_600_000);
    }

    private static void move(ReentrantLock from, ReentrantLock to) {
        from.lock();
        try {
            BOTH.countDown();
            pause();
            to.lock(); // the other thread has it, and wants ours
            to.unlock();
        } finally {
            from.unlock();
        }
    }

    private static void pause() {
        try {
            BOTH.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
