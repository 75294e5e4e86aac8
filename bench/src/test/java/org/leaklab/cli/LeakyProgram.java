package org.leaklab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;

/** Leaks as many virtual threads as its argument says, and one platform thread; then waits for its input to end. */
final class LeakyProgram {

    /** Somebody could interrupt this one. */
    static Thread kept = Thread.ofPlatform().name("kept").daemon().unstarted(() -> await(new CountDownLatch(1)));

    private LeakyProgram() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            leak("sender-" + i);
        }
        kept.start();
        Thread.sleep(300);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the test is done
        }
    }

    private static void leak(String name) {
        SynchronousQueue<String> queue = new SynchronousQueue<>();
        Thread.ofVirtual().name(name).start(() -> {
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
