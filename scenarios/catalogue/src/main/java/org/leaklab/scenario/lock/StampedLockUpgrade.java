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
 * A thread that has a read stamp of a {@link StampedLock} calls {@code writeLock()} of the same lock.
 *
 * <p>A writer waits until all read stamps are given back, and the thread has one of them itself. No interrupt ends the
 * wait. The thread keeps its stack and the read stamp. A writer waits now, so readers that come later queue up behind
 * it. The lock has a way to upgrade: {@code tryConvertToWriteLock} takes the read stamp in exchange, and returns 0 at
 * once if other readers are there.
 *
 * <p>In {@code jstack}, which lists platform threads only, the thread is {@code WAITING (parking)} in
 * {@code StampedLock.acquireWrite}, and nothing tells who reads: the lock keeps a number of readers, not their names.
 */
@Leak(
        id = "stamped-lock-upgrade",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "StampedLock.writeLock",
        endedBy = EndedBy.JVM,
        cause = "the writer waits until all readers have gone, and is one of them",
        cure = "exchange the stamp with tryConvertToWriteLock; if that gives 0, unlock and take the write lock",
        seenIn = "dres-dev/DRES#519",
        unlike = "read-to-write-upgrade: that lock cannot be upgraded at all")
public final class StampedLockUpgrade implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var lock = new StampedLock();
        Map<String, Integer> prices = new HashMap<>(); // guarded by the lock
        threads.start("handler", () -> {
            long stamp = lock.readLock();
            try {
                if (!prices.containsKey("book")) {
                    stamp = lock.writeLock();
                    prices.putIfAbsent("book", 12);
                }
            } finally {
                lock.unlock(stamp);
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new StampedLock();
        Map<String, Integer> prices = new HashMap<>(); // guarded by the lock
        threads.start("handler", () -> {
            long stamp = lock.readLock();
            try {
                if (!prices.containsKey("book")) {
                    stamp = upgrade(lock, stamp);
                    prices.putIfAbsent("book", 12);
                }
            } finally {
                lock.unlock(stamp);
            }
        });
    }

    /** Exchanges a read stamp for a write stamp. Others may have written in between. */
    private static long upgrade(StampedLock lock, long read) {
        long write = lock.tryConvertToWriteLock(read);
        if (write == 0) {
            lock.unlockRead(read);
            write = lock.writeLock();
        }
        return write;
    }
}

// java -jar benchmarks.jar run stamped-lock-upgrade --idiom jdk
