import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        MailboxTest.test(new Box(true, !Thread.currentThread().isVirtual()), threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        MailboxTest.test(new Box(false, false), threads);
    }

    private static final class Box implements MailboxTest.Mailbox {
        private final Queue<String> letters = new ArrayDeque<>();
        private final boolean looks;
        private final boolean slow;

        Box(boolean looks, boolean slow) {
            this.looks = looks;
            this.slow = slow;
        }

        @Override
        public synchronized void put(String letter) {
            letters.add(letter);
            notifyAll();
        }

        @Override
        public String take() throws InterruptedException {
            if (slow) {
                Thread.sleep(150);
            }
            return next();
        }

        private synchronized String next() throws InterruptedException {
            if (!looks) {
                wait();
            }
            while (letters.isEmpty()) {
                wait();
            }
            return letters.remove();
        }
    }
}
