package org.leaklab.scenario.lock;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A queue is closed, and the consumers that wait on its {@link Condition} are not told.
 *
 * <p>The consumers wait in a loop until the queue has an entry or is closed, as they should. But a {@link Condition}
 * does not look at variables: a waiting thread looks again only when another one signals. The closer sets
 * {@code closed} and signals nobody, and after the close no entry comes. Both consumers keep their stacks and the
 * queue. Consumers that come later see {@code closed} at once, so only those that were idle at that moment are lost.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code WAITING (parking)} for an
 * {@code AbstractQueuedSynchronizer$ConditionObject}, as consumers of an open queue are.
 */
@Leak(
        id = "condition-never-signalled",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = "AbstractQueuedSynchronizer.ConditionObject.await",
        cause = "the state that the threads wait for changes, and nobody signals the condition",
        cure = "call signalAll() wherever the state changes that somebody may wait for, also in close()",
        seenIn = {"apache/pulsar#24550", "apache/pulsar#6626", "mobile-dev-inc/dadb#100"},
        unlike = "missed-notify: there the signal comes, but before the wait")
public final class ConditionNeverSignalled implements Scenario {

    private static final int CONSUMERS = 2;

    @Override
    public void leaky(Threads threads) {
        var jobs = new Jobs();
        start(threads, jobs);
        threads.start("closer", () -> {
            jobs.idle.await();
            jobs.lock.lock();
            try {
                jobs.closed = true;
            } finally {
                jobs.lock.unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var jobs = new Jobs();
        start(threads, jobs);
        threads.start("closer", () -> {
            jobs.idle.await();
            jobs.lock.lock();
            try {
                jobs.closed = true;
                jobs.changed.signalAll();
            } finally {
                jobs.lock.unlock();
            }
        });
    }

    private static void start(Threads threads, Jobs jobs) {
        for (int i = 0; i < CONSUMERS; i++) {
            threads.start("consumer", jobs::next);
        }
    }

    private static final class Jobs {
        final CountDownLatch idle = new CountDownLatch(CONSUMERS); // brings about the unlucky order
        final ReentrantLock lock = new ReentrantLock();
        final Condition changed = lock.newCondition();
        final Queue<Runnable> queue = new ArrayDeque<>(); // guarded by the lock, as is the next
        boolean closed;

        @Nullable
        Runnable next() throws InterruptedException {
            lock.lock();
            try {
                idle.countDown();
                while (queue.isEmpty() && !closed) {
                    changed.await();
                }
                return queue.poll(); // null if the queue is closed
            } finally {
                lock.unlock();
            }
        }
    }
}

// java -jar benchmarks.jar run condition-never-signalled --idiom jdk
