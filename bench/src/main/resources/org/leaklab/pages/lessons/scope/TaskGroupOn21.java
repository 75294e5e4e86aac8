import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.atomic.AtomicInteger;

/** Three tasks in a scope. One fails; the scope interrupts the two that wait for it, and waits for their end. */
public class TaskGroupOn21 {

    private static final AtomicInteger WAITING = new AtomicInteger();

    public static void main(String[] args) throws InterruptedException {
        CompletableFuture<Integer> rate = new CompletableFuture<>();
        try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
            scope.fork(() -> rate.complete(askRateServer()));
            var price = scope.fork(() -> 100 * wait(rate));
            var tax = scope.fork(() -> 19 * wait(rate));
            scope.join().throwIfFailed();
            System.out.println("to pay: " + (price.get() + tax.get()));
        } catch (ExecutionException e) {
            System.out.println("no bill now: " + e.getCause().getMessage());
        }
        System.out.println(WAITING + " tasks still wait");
    }

    private static int askRateServer() throws IOException {
        throw new IOException("the rate server is down");
    }

    private static int wait(CompletableFuture<Integer> rate) throws InterruptedException, ExecutionException {
        WAITING.incrementAndGet();
        try {
            return rate.get();
        } finally {
            WAITING.decrementAndGet();
        }
    }
}
