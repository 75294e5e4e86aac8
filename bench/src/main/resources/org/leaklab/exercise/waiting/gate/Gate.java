import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors wait at a gate, each in a thread. When all have come, a bell rings, and one call opens the gate.
 *
 * <p>Only one of them comes through. Mend it: all visitors come through the gate and enter, none of them before the
 * bell has rung, and each thread ends.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check gate
 */
public final class Gate {

    private final Object monitor = new Object();
    private boolean open;

    /** Lets visitors come, rings the bell, opens the gate, and returns how many came through. */
    public static int work(ThreadFactory threads, int visitors, Runnable bell, Runnable enter)
            throws InterruptedException {
        Gate gate = new Gate();
        AtomicInteger through = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 1; i <= visitors; i++) {
            Thread visitor = threads.newThread(() -> {
                gate.pass();
                enter.run();
                through.incrementAndGet();
            });
            visitor.setName("visitor-" + i);
            visitor.start();
            all.add(visitor);
        }
        bell.run();
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
