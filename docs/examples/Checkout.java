import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;

/** A service that leaks: it asks three shops for a price, takes the first answer, and leaves the other two behind. */
public class Checkout {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(1);

    public static void main(String[] args) throws Exception {
        for (int order = 0; order < 500; order++) {
            price();
        }
        POOL.submit(Checkout::audit);
        Thread.sleep(Duration.ofSeconds(1));
        System.out.println("process " + ProcessHandle.current().pid() + " has taken 500 orders");
        Thread.sleep(Duration.ofHours(1));
    }

    static String price() throws InterruptedException {
        SynchronousQueue<String> answers = new SynchronousQueue<>();
        for (String shop : new String[] {"north", "south", "west"}) {
            Thread.ofVirtual().name("price-" + shop).start(() -> send(shop + ": 42", answers));
        }
        return answers.take(); // one of three: two threads wait for a second and a third take
    }

    private static void send(String answer, SynchronousQueue<String> answers) {
        try {
            answers.put(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Void audit() throws InterruptedException {
        new CountDownLatch(1).await(); // no thread counts it down
        return null;
    }
}
