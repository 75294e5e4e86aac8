import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * A first stage reads lines, and a second one collects them until it finds the end.
 *
 * <p>If a line cannot be read, the second stage stays. Mend it: it returns the lines before the first bad one, and both
 * stages end. Reading may throw anything.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check pipeline
 */
public final class Pipeline {

    private static final String END = "end";

    /** Returns the lines that were read before the first bad one. */
    public static List<String> work(ThreadFactory threads, List<String> lines, UnaryOperator<String> read)
            throws InterruptedException {
        BlockingQueue<String> pipe = new ArrayBlockingQueue<>(2);
        List<String> collected = new ArrayList<>();
        Thread reader = threads.newThread(() -> {
            try {
                for (String line : lines) {
                    pipe.put(read.apply(line));
                }
                pipe.put(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.setName("reader");
        Thread collector = threads.newThread(() -> {
            try {
                for (String line = pipe.take(); !line.equals(END); line = pipe.take()) {
                    collected.add(line);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        collector.setName("collector");
        reader.start();
        collector.start();
        reader.join();
        collector.join();
        return collected;
    }
}
