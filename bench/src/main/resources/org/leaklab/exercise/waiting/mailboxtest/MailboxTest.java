import java.util.concurrent.ThreadFactory;

/**
 * Write a test. There are two classes that implement Mailbox: one is right, and in the other one a reader that comes
 * after the letter waits for ever.
 *
 * <p>Your test must fail, by an exception, on the one that leaks, and pass on the right one. A test that waits for ever
 * has not failed. Threads that it needs come from the factory.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check mailboxtest
 */
public final class MailboxTest {

    /** take() waits for a letter. */
    public interface Mailbox {
        void put(String letter);

        String take() throws InterruptedException;
    }

    /** The test. */
    public static void test(Mailbox mailbox, ThreadFactory threads) throws Exception {
        mailbox.put("letter");
        if (!mailbox.take().equals("letter")) {
            throw new AssertionError("another letter");
        }
    }
}
