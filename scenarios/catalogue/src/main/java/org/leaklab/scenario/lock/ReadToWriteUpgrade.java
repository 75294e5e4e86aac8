package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread that holds a read lock asks for the write lock of the same {@link ReentrantReadWriteLock}.
 *
 * <p>A writer waits until all readers are gone, and one of the readers is the writer itself. A write lock can be
 * downgraded to a read lock, but not the other way round. The thread keeps its stack and the read lock. Because a
 * writer waits now, readers that come later wait behind it for ever.
 *
 * <p>In Go: {@code mu.RLock(); defer mu.RUnlock(); if _, ok := prices[id]; !ok { mu.Lock(); … mu.Unlock() }}.
 */
@Leak(
        id = "read-to-write-upgrade",
        family = Family.LOCK,
        stuck = 1,
        at = "ReentrantReadWriteLock.WriteLock.lockInterruptibly",
        cause = "the writer waits for all readers to go, and is one of them",
        cure = "give the read lock back before asking for the write lock, then look again at what was read")
public final class ReadToWriteUpgrade implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var lock = new ReentrantReadWriteLock();
        Map<String, Integer> prices = new HashMap<>(); // guarded by the lock
        threads.start("handler", () -> {
            lock.readLock().lockInterruptibly();
            try {
                if (!prices.containsKey("book")) {
                    load(prices, lock);
                }
            } finally {
                lock.readLock().unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new ReentrantReadWriteLock();
        Map<String, Integer> prices = new HashMap<>(); // guarded by the lock
        threads.start("handler", () -> {
            boolean missing;
            lock.readLock().lockInterruptibly();
            try {
                missing = !prices.containsKey("book");
            } finally {
                lock.readLock().unlock();
            }
            if (missing) {
                load(prices, lock);
            }
        });
    }

    private static void load(Map<String, Integer> prices, ReentrantReadWriteLock lock) throws InterruptedException {
        lock.writeLock().lockInterruptibly();
        try {
            prices.putIfAbsent("book", 12);
        } finally {
            lock.writeLock().unlock();
        }
    }
}

// java -jar benchmarks.jar run read-to-write-upgrade --idiom channel
