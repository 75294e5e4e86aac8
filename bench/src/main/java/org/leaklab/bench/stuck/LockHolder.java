package org.leaklab.bench.stuck;

import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Threads;

/** A platform thread that has what others want, until they are released. */
final class LockHolder {

    private LockHolder() {}

    /** Takes something, does what it is given, and puts it back. */
    @FunctionalInterface
    interface Taking {
        void around(Runnable meanwhile);
    }

    /** Returns once the thread has what it takes. It gives that back when the threads that want it are released. */
    static void hold(Threads threads, Taking taking) {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .name("holder")
                .daemon()
                .start(() -> taking.around(() -> {
                    taken.countDown();
                    await(over);
                }));
        threads.closing(() -> {
            over.countDown();
            holder.join();
        });
        await(taken);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a lock was to be taken", e);
        }
    }
}
