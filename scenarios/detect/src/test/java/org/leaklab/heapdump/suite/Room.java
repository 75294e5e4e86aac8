package org.leaklab.heapdump.suite;

import java.util.concurrent.CountDownLatch;

/** What one does with monitors, and nobody notifies. */
@SuppressWarnings({"WaitNotInLoop", "UnusedVariable"}) // these waits never return
class Room {

    private int visits;

    static void waitFor(Object monitor) throws InterruptedException {
        synchronized (monitor) {
            monitor.wait();
        }
    }

    static void enter(Object monitor) {
        synchronized (monitor) {
            throw new IllegalStateException("came in");
        }
    }

    /** Enters a monitor and waits inside for something else. */
    static void enterFor(Object monitor, CountDownLatch latch) throws InterruptedException {
        synchronized (monitor) {
            latch.await();
        }
    }

    synchronized void await() throws InterruptedException {
        wait();
    }

    /** Between the caller and the wait stand frames with other references. */
    void awaitTwice(String reason, Object garbage) throws InterruptedException {
        synchronized (this) {
            helper(garbage, reason.length());
        }
    }

    private void helper(Object garbage, int depth) throws InterruptedException {
        wait();
        visits += depth + garbage.hashCode();
    }

    synchronized void touch() {
        visits++;
    }
}
