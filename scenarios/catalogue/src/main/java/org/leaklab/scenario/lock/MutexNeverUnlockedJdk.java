package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten orders need a {@link ReentrantLock}, and the one that gets it leaves by an exception between {@code lock()} and
 * {@code unlock()}.
 *
 * <p>The exception is caught further up and the order counts as rejected, so all seems well. But the lock still belongs
 * to that thread, and the thread has ended. The other nine wait in the queue of the lock and keep their stacks and
 * their orders. So does each order that comes later. The exception is seldom thrown, which is why such code passes its
 * tests.
 *
 * <p>In {@code jstack}, which lists platform threads only, the nine are {@code WAITING (parking)} for the same
 * {@code ReentrantLock$NonfairSync}, and {@code jstack -l} lists no thread that owns it. No deadlock is reported: there
 * is no circle.
 */
@Leak(
        id = "mutex-never-unlocked",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 9,
        at = "ReentrantLock.lock",
        endedBy = EndedBy.JVM,
        cause = "an exception skips the unlock(), and the thread that owns the lock has ended",
        cure = "unlock in a finally block of a try that begins right after the lock",
        seenIn = "scala/pickling#266",
        unlike = "owner-died: there one thread fails and another one, which needs the lock for the repair, gets stuck")
public final class MutexNeverUnlockedJdk implements Scenario {

    private static final int ORDERS = 10;

    @Override
    @SuppressWarnings("LockNotBeforeTry") // that is the mistake
    public void leaky(Threads threads) {
        var lock = new ReentrantLock();
        Map<String, Integer> stock = new HashMap<>(); // guarded by the lock
        var rejected = new AtomicInteger();
        for (int i = 0; i < ORDERS; i++) {
            threads.start("order", () -> {
                try {
                    lock.lock();
                    take("book", stock);
                    lock.unlock();
                } catch (NoSuchElementException e) {
                    rejected.incrementAndGet();
                }
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new ReentrantLock();
        Map<String, Integer> stock = new HashMap<>(); // guarded by the lock
        var rejected = new AtomicInteger();
        for (int i = 0; i < ORDERS; i++) {
            threads.start("order", () -> {
                try {
                    lock.lock();
                    try {
                        take("book", stock);
                    } finally {
                        lock.unlock();
                    }
                } catch (NoSuchElementException e) {
                    rejected.incrementAndGet();
                }
            });
        }
    }

    private static void take(String article, Map<String, Integer> stock) {
        Integer left = stock.get(article);
        if (left == null) {
            throw new NoSuchElementException("we do not sell the article " + article);
        }
        stock.put(article, left - 1);
    }
}

// java -jar benchmarks.jar run mutex-never-unlocked --idiom jdk
