import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The caller puts pages into a queue, and one thread prints them. Printing may throw any RuntimeException.
 *
 * <p>After a page that cannot be printed, the caller waits for ever. Mend it: each page is tried, those that can be
 * printed are counted, and the printer ends after the last page.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check printer
 */
public final class Printer {

    private static final int ROOM = 2;

    /** Returns how many pages were printed. */
    public static int work(ThreadFactory threads, List<String> pages, Consumer<String> print)
            throws InterruptedException {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(ROOM);
        AtomicInteger printed = new AtomicInteger();
        Thread printer = threads.newThread(() -> {
            try {
                for (int i = 0; i < pages.size(); i++) {
                    print.accept(queue.take());
                    printed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        printer.setName("printer");
        printer.start();
        for (String page : pages) {
            queue.put(page);
        }
        printer.join();
        return printed.get();
    }
}
