import java.util.concurrent.ThreadFactory;

/**
 * Write a test. Readers of a pipe wait for elements until it is closed. There are two classes that implement Pipe: in
 * one close() ends the wait of all readers, and in the other one the wait of one.
 *
 * <p>Your test must fail, by an exception, on the one that leaks, and pass on the right one. A test that waits for ever
 * has not failed. Threads that it needs come from the factory.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check closetest
 */
public final class CloseTest {

    /** read() waits for an element; it returns null if the pipe is closed and empty. */
    public interface Pipe {
        void write(String element);

        String read() throws InterruptedException;

        void close();
    }

    /** The test. */
    public static void test(Pipe pipe, ThreadFactory threads) throws Exception {
        pipe.write("element");
        pipe.close();
        if (pipe.read() == null || pipe.read() != null) {
            throw new AssertionError("the pipe has another element");
        }
    }
}
