import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves money between two accounts, back and forth at the same time.
 *
 * <p>Sometimes no money moves any more. Mend it: each transfer happens, the balances are right, and each thread ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check transfer
 */
public final class Transfer {

    private static final class Account {
        final int number;
        final ReentrantLock lock = new ReentrantLock();
        long balance;

        Account(int number, long balance) {
            this.number = number;
            this.balance = balance;
        }
    }

    /** Makes some transfers each way, and returns the two balances. */
    public static List<Long> work(ThreadFactory threads, int there, int back) throws InterruptedException {
        Account left = new Account(1, 1000);
        Account right = new Account(2, 1000);
        Thread first = threads.newThread(() -> {
            for (int i = 0; i < there; i++) {
                move(left, right, 10);
            }
        });
        first.setName("left-to-right");
        Thread second = threads.newThread(() -> {
            for (int i = 0; i < back; i++) {
                move(right, left, 1);
            }
        });
        second.setName("right-to-left");
        first.start();
        second.start();
        first.join();
        second.join();
        return List.of(left.balance, right.balance);
    }

    private static void move(Account from, Account to, long amount) {
        ReentrantLock one = from.lock;
        ReentrantLock two = to.lock;
        one.lock();
        try {
            two.lock();
            try {
                from.balance -= amount;
                to.balance += amount;
            } finally {
                two.unlock();
            }
        } finally {
            one.unlock();
        }
    }
}
