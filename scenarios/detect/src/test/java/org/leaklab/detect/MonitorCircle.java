package org.leaklab.detect;

import static org.leaklab.testing.Eventually.until;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

/** Two circles of virtual threads, over monitors and over locks, and what is said of them; see {@link DeadlockTest}. */
final class MonitorCircle {

    private MonitorCircle() {}

    private interface Body {
        void run() throws Exception;
    }

    private static Thread start(String name, Body body) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void both(Object own, Object other, CyclicBarrier met) throws Exception {
        synchronized (own) {
            met.await();
            synchronized (other) {
                throw new AssertionError("no deadlock");
            }
        }
    }

    private static void both(ReentrantLock own, ReentrantLock other, CyclicBarrier met) throws Exception {
        own.lock();
        met.await();
        other.lock();
    }

    public static void main(String[] arguments) {
        Object first = new Object();
        Object second = new Object();
        CyclicBarrier monitors = new CyclicBarrier(2);
        Thread forth = start("forth", () -> both(first, second, monitors));
        Thread back = start("back", () -> both(second, first, monitors));
        until(() -> forth.getState() == Thread.State.BLOCKED && back.getState() == Thread.State.BLOCKED);
        ReentrantLock third = new ReentrantLock();
        ReentrantLock fourth = new ReentrantLock();
        CyclicBarrier locks = new CyclicBarrier(2);
        start("lock forth", () -> both(third, fourth, locks));
        start("lock back", () -> both(fourth, third, locks));
        until(() -> third.hasQueuedThreads() && fourth.hasQueuedThreads());
        ThreadReport report = Deadlock.report(ThreadSource.jvm());
        System.out.println(report.count() + " threads");
        report.notes().forEach(System.out::println);
        System.exit(0);
    }
}
