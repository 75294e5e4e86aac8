package org.leaklab.scenario.lock;

import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread waits on the private monitor of a job, and another one finishes the job and notifies on the job itself.
 *
 * <p>Each object has its own set of waiting threads. {@code job.notifyAll()} wakes those that wait on {@code job}, of
 * which there are none; it is legal, because the thread holds the monitor of {@code job}. The caller waits on
 * {@code job.lock} and keeps its stack and the job. Such a pair is left over when half of a class is moved from
 * {@code synchronized} methods to a private lock. The flag alone is no way out: it is written under the right monitor,
 * and nobody wakes the caller to read it.
 *
 * <p>In {@code jstack}, which lists platform threads only, the caller is {@code WAITING (on object monitor)}, in
 * {@code Object.wait}. The line {@code - waiting on} names the class of the monitor: {@code java.lang.Object}, not the
 * job.
 */
@Leak(
        id = "notify-on-another-monitor",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "Object.wait",
        cause = "one thread waits on a lock object, and the other one notifies on a different object",
        cure = "change, wait and notify under the same monitor, which is a private final field",
        seenIn = "linkedin/brooklin#979")
public final class NotifyOnAnotherMonitor implements Scenario {

    @Override
    @SuppressWarnings("NakedNotify") // the monitor is the wrong one: that is the mistake
    public void leaky(Threads threads) {
        var job = new Job();
        threads.start("caller", job::await);
        threads.start("worker", () -> {
            job.awaited.await();
            synchronized (job) {
                job.finish();
                job.notifyAll();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var job = new Job();
        threads.start("caller", job::await);
        threads.start("worker", () -> {
            job.awaited.await();
            synchronized (job.lock) {
                job.finish();
                job.lock.notifyAll();
            }
        });
    }

    private static final class Job {
        final CountDownLatch awaited = new CountDownLatch(1); // brings about the unlucky order
        final Object lock = new Object();
        boolean done; // guarded by the lock

        void await() throws InterruptedException {
            synchronized (lock) {
                awaited.countDown();
                while (!done) {
                    lock.wait();
                }
            }
        }

        void finish() {
            synchronized (lock) { // free only while the caller waits
                done = true;
            }
        }
    }
}

// java -jar benchmarks.jar run notify-on-another-monitor --idiom jdk
