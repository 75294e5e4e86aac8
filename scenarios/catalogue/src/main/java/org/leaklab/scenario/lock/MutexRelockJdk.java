package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A method that holds the write lock of a {@link StampedLock} calls another one that takes it again.
 *
 * <p>A {@code synchronized} block or a {@link java.util.concurrent.locks.ReentrantLock} would let its owner in a second
 * time. A {@link StampedLock} does not know who its owner is: the second {@code writeLock()} waits until the first one
 * is given back, and only the waiting thread could give it back. The thread keeps its stack and the lock, so every
 * thread that needs the prices afterwards gets stuck too. Such code appears when a {@code ReentrantReadWriteLock} is
 * replaced by the faster class.
 *
 * <p>In {@code jstack}, which lists platform threads only, the thread is {@code WAITING (parking)} in
 * {@code StampedLock.acquireWrite}. Neither {@code jstack} nor {@code ThreadMXBean} can name an owner, because the lock
 * has none.
 */
@Leak(
        id = "mutex-relock",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "StampedLock.writeLock",
        endedBy = EndedBy.JVM,
        cause = "the thread waits for a lock that it holds itself, and the lock is not reentrant",
        cure = "while such a lock is held, call only methods that expect that and do not lock",
        unlike = "stamped-lock-upgrade: there the thread holds the lock for reading")
public final class MutexRelockJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            long stamp = prices.lock.writeLock();
            try {
                if (!prices.byArticle.containsKey("book")) {
                    prices.put("book", 12);
                }
            } finally {
                prices.lock.unlockWrite(stamp);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            long stamp = prices.lock.writeLock();
            try {
                if (!prices.byArticle.containsKey("book")) {
                    prices.putLocked("book", 12);
                }
            } finally {
                prices.lock.unlockWrite(stamp);
            }
        });
    }

    private static final class Prices {
        final StampedLock lock = new StampedLock();
        final Map<String, Integer> byArticle = new HashMap<>(); // guarded by the lock

        void put(String article, int price) {
            long stamp = lock.writeLock();
            try {
                putLocked(article, price);
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        /** The caller holds the write lock. */
        void putLocked(String article, int price) {
            byArticle.put(article, price);
        }
    }
}

// java -jar benchmarks.jar run mutex-relock --idiom jdk
