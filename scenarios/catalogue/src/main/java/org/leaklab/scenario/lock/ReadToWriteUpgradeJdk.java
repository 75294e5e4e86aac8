package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A method that holds the read lock of a {@link ReentrantReadWriteLock} calls a method that takes its write lock.
 *
 * <p>A writer waits until all readers have gone, and this writer is one of the readers. A thread may take the read lock
 * while it holds the write lock, but not the other way round. The thread waits in {@code lock()}, which no interrupt
 * ends, and keeps its stack and the read lock. A writer waits now, so readers that come later queue up behind it. Only
 * a price that is missing leads here, so a warm cache hides the mistake.
 *
 * <p>In {@code jstack}, which lists platform threads only, the thread is {@code WAITING (parking)} in
 * {@code ReentrantReadWriteLock$WriteLock.lock}. {@code jstack -l} does not list read locks, so nothing in a dump says
 * who holds this one.
 */
@Leak(
        id = "read-to-write-upgrade",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "ReentrantReadWriteLock.WriteLock.lock",
        endedBy = EndedBy.JVM,
        cause = "the writer waits until all readers have gone, and is one of them",
        cure = "give the read lock back before you ask for the write lock, then look again at what was read",
        seenIn = {"quarkusio/quarkus#35136", "glazedlists/glazedlists#549", "dres-dev/DRES#519"},
        unlike = "stamped-lock-upgrade: that lock can be upgraded, but not with writeLock()")
public final class ReadToWriteUpgradeJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            prices.lock.readLock().lock();
            try {
                if (!prices.byArticle.containsKey("book")) {
                    prices.load("book");
                }
            } finally {
                prices.lock.readLock().unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            boolean missing;
            prices.lock.readLock().lock();
            try {
                missing = !prices.byArticle.containsKey("book");
            } finally {
                prices.lock.readLock().unlock();
            }
            if (missing) {
                prices.load("book");
            }
        });
    }

    private static final class Prices {
        final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        final Map<String, Integer> byArticle = new HashMap<>(); // guarded by the lock

        void load(String article) {
            lock.writeLock().lock();
            try {
                byArticle.computeIfAbsent(article, String::length); // another thread may have loaded it
            } finally {
                lock.writeLock().unlock();
            }
        }
    }
}

// java -jar benchmarks.jar run read-to-write-upgrade --idiom jdk
