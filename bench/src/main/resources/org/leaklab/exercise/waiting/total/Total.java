import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToIntFunction;

/**
 * Parses a text in another thread, and waits for the number.
 *
 * <p>With some texts the caller waits for ever. Mend it: it returns the number, however long that takes, or -1 if the
 * text cannot be parsed.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check total
 */
public final class Total {

    /** Returns the number, or -1. */
    public static int work(ThreadFactory threads, String text, ToIntFunction<String> parser)
            throws InterruptedException {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        Thread parses = threads.newThread(() -> {
            number.complete(parser.applyAsInt(text));
        });
        parses.setName("parser");
        parses.start();
        try {
            return number.get();
        } catch (ExecutionException e) {
            return -1;
        }
    }
}
