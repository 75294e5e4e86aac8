package org.leaklab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** Leaks as many virtual threads as its argument says, and one platform thread; then waits for its input to end. */
final class LeakyProgram {

    /** Somebody could interrupt this one. */
    static Thread kept = Thread.ofPlatform().name("kept").daemon().unstarted(() -> await(new CountDownLatch(1)));

    private static final long POLL_NANOS = 1_000_000;

    private LeakyProgram() {}

    public static void main(String[] args) throws Exception {
        List<Thread> leaked = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            leaked.add(leak("sender-" + i));
        }
        kept.start();
        leaked.add(kept);
        for (Thread thread : leaked) {
            while (thread.getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(POLL_NANOS); // the test has the deadline
            }
        }
        leaked.clear(); // nobody is to hold them
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the test is done
        }
    }

    private static Thread leak(String name) {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                queue.put("value");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
