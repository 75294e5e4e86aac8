package org.leaklab.heapdump;

import java.util.concurrent.CountDownLatch;
import org.leaklab.testing.Eventually;

/**
 * A virtual thread keeps its carrier, for it waits in the initializer of a class. Another one could end that wait, and
 * needs a carrier. Prints "ready" when they wait, and ends when its standard input does.
 */
final class CarriersTaken {

    private static final CountDownLatch LATCH = new CountDownLatch(1);
    private static volatile boolean holds;

    private CarriersTaken() {}

    private static final class Waits {

        static final boolean DONE = await();

        private static boolean await() {
            holds = true;
            try {
                LATCH.await();
            } catch (InterruptedException e) {
                return false;
            }
            return true;
        }
    }

    public static void main(String[] args) throws Exception {
        Thread mounted = Thread.ofVirtual().name("mounted").start(() -> {
            if (Waits.DONE) {
                System.err.println("initialized");
            }
        });
        Eventually.until(() -> holds && mounted.getState() == Thread.State.WAITING);
        Thread.ofVirtual().name("queued").start(args.length > 0 ? CarriersTaken::waits : LATCH::countDown);
        if (args.length > 0) {
            Eventually.until(() -> sleeps);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until whoever started this is done
        }
        Runtime.getRuntime().halt(0);
    }

    private static volatile boolean sleeps;

    private static void waits() {
        try {
            sleeps = true;
            Thread.sleep(1_000_000);
        } catch (InterruptedException e) {
            LATCH.countDown();
        }
    }
}
