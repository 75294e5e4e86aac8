import java.util.concurrent.ThreadFactory;

/**
 * Write a test. A clock ticks in a thread that it makes with the factory, until it is stopped. There are two classes
 * that implement Clock: in one stop() ends the thread, and in the other one the thread goes on.
 *
 * <p>Your test must fail, by an exception, on the one that leaks, and pass on the right one. A test that waits for ever
 * has not failed.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check stoptest
 */
public final class StopTest {

    /** start() begins to tick and returns, stop() ends that and returns. */
    public interface Clock {
        void start(ThreadFactory threads);

        void stop();
    }

    /** The test. */
    public static void test(Clock clock, ThreadFactory threads) throws Exception {
        clock.start(threads);
        clock.stop();
    }
}
