import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;

/**
 * A buyer waits until a supplier brings an item to a store.
 *
 * <p>If the buyer comes first, both stay for ever. Mend it: the item is bought and both threads end, whoever comes
 * first and however long the other one takes. Both threads run at the same time.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check stock
 */
public final class Stock {

    private final Object store = new Object();
    private final Queue<String> items = new ArrayDeque<>();
    private volatile String bought;

    /** Returns what was bought. */
    public static String work(ThreadFactory threads, String item) throws InterruptedException {
        Stock store = new Stock();
        Thread buyer = threads.newThread(() -> store.bought = store.take());
        buyer.setName("buyer");
        Thread supplier = threads.newThread(() -> store.add(item));
        supplier.setName("supplier");
        buyer.start();
        supplier.start();
        buyer.join();
        supplier.join();
        return store.bought;
    }

    private void add(String item) {
        synchronized (store) {
            synchronized (items) {
                items.add(item);
                items.notifyAll();
            }
        }
    }

    private String take() {
        synchronized (store) {
            synchronized (items) {
                while (items.isEmpty()) {
                    try {
                        items.wait();
                    } catch (InterruptedException e) {
                        return null;
                    }
                }
                return items.remove();
            }
        }
    }
}
