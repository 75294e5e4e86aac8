package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A handler holds a lock and waits for a {@link CountDownLatch}, and the loader that should count it down needs the
 * lock first.
 *
 * <p>A latch knows nothing of locks: {@code await()} gives none back, as {@code Condition.await()} would. The loader
 * waits in {@code lock()} for the handler, the handler waits for the loader. Both keep their stacks, and each later
 * thread that needs the lock gets stuck too. The same happens with {@code Future.get()} and {@code Thread.join()} under
 * a lock. Here the loader is started under the lock, so it always comes too late for it.
 *
 * <p>{@code jstack} reports no deadlock: it knows that the handler owns the lock, but not who should count down. One
 * must read the two stacks.
 */
@Leak(
        id = "latch-behind-its-own-lock",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = {"CountDownLatch.await", "ReentrantLock.lock"},
        cause = "the thread that holds the lock waits for one that needs the lock first",
        cure = "wait for other threads only when you hold no lock that they need",
        seenIn = {"apache/ratis#1168", "triplea-game/triplea#10821"},
        unlike = "wait-in-nested-monitor: there the thread waits with wait(), which gives back one monitor of two")
public final class LatchBehindItsOwnLock implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            prices.lock.lock();
            try {
                threads.start("loader", prices::load);
                prices.loaded.await();
                prices.byArticle.merge("book", 1, Integer::sum);
            } finally {
                prices.lock.unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var prices = new Prices();
        threads.start("handler", () -> {
            threads.start("loader", prices::load);
            prices.loaded.await();
            prices.lock.lock();
            try {
                prices.byArticle.merge("book", 1, Integer::sum);
            } finally {
                prices.lock.unlock();
            }
        });
    }

    private static final class Prices {
        final ReentrantLock lock = new ReentrantLock();
        final CountDownLatch loaded = new CountDownLatch(1);
        final Map<String, Integer> byArticle = new HashMap<>(); // guarded by the lock

        void load() {
            lock.lock();
            try {
                byArticle.put("book", 12);
            } finally {
                lock.unlock();
            }
            loaded.countDown();
        }
    }
}

// java -jar benchmarks.jar run latch-behind-its-own-lock --idiom jdk
