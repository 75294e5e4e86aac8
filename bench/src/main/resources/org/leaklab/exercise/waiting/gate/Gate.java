import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors wait at a gate, each in a thread, and one call opens it.
 *
 * <p>Only one of them comes through. Mend it: all visitors come through, and each thread ends. The gate stays shut
 * until it is opened.
 *
 * <p>Check it: java -jar benchmarks.jar exercise check Gate.java
 */
public final class Gate {

    private final Object monitor = new Object();
    private boolean open;

    /** Lets visitors come, opens the gate, and returns how many came through. */
    public static int work(ThreadFactory threads, int visitors) throws InterruptedException {
        Gate gate = new Gate();
        AtomicInteger through = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= visitors; i++) {
            Thread visitor = threads.newThread(() -> {
                gate.pass();
                through.incrementAndGet();
            });
            visitor.setName("visitor-" + i);
            visitor.start();
            all.add(visitor);
        }
        gate.open();
        for (Thread visitor : all) {
            visitor.join();
        }
        return through.get();
    }

    private void open() {
        synchronized (monitor) {
            open = true;
            monitor.notify();
        }
    }

    private void pass() {
        synchronized (monitor) {
            while (!open) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
