import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

public final class Check {

    public static void fixed(ThreadFactory threads, Random random) throws Exception {
        MailboxTest.test(new Box(true), threads);
    }

    public static void leaky(ThreadFactory threads, Random random) throws Exception {
        MailboxTest.test(new Box(false), threads);
    }

    private static final class Box implements MailboxTest.Mailbox {
        private final Queue<String> letters = new ArrayDeque<>();
        private final boolean looks;

        Box(boolean looks) {
            this.looks = looks;
        }

        @Override
        public synchronized void put(String letter) {
            letters.add(letter);
            notifyAll();
        }

        @Override
        public synchronized String take() throws InterruptedException {
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
