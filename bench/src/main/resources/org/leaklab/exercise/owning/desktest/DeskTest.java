import java.util.concurrent.ThreadFactory;

/**
 * Write a test. A desk serves one visitor at a time. There are two classes that implement Desk: one is right, and the
 * other one is never free again after a task that has thrown.
 *
 * <p>Your test must fail, by an exception, on the one that leaks, and pass on the right one. A test that waits for ever
 * has not failed. Threads that it needs come from the factory.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check desktest
 */
public final class DeskTest {

    /** serve() waits until the desk is free, and runs the task; what the task throws it throws too. */
    public interface Desk {
        void serve(Runnable task) throws InterruptedException;
    }

    /** The test. */
    public static void test(Desk desk, ThreadFactory threads) throws Exception {
        desk.serve(() -> System.out.println("served"));
    }
}
