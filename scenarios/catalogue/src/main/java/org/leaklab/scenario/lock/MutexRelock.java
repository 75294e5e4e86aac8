package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import org.leaklab.core.Mutex;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A method that holds a mutex calls another one that locks it again.
 *
 * <p>The mutex is not reentrant: the second lock waits for the owner to unlock, and the owner is the thread that waits.
 * It keeps its own stack and the mutex, so everybody who needs the cache after it gets stuck too. Java's monitors and
 * {@link java.util.concurrent.locks.ReentrantLock} let their owner in again; binary semaphores,
 * {@link java.util.concurrent.locks.StampedLock} and locks kept in a database do not.
 *
 * <p>In Go: {@code func (c *Cache) Load(k string) { c.mu.Lock(); defer c.mu.Unlock(); c.Put(k, fetch(k)) }}, where
 * {@code Put} locks {@code c.mu}.
 */
@Leak(
        id = "mutex-relock",
        family = Family.LOCK,
        stuck = 1,
        at = "Mutex.lock",
        cause = "the thread waits for a mutex that it holds itself",
        cure = "while the mutex is held, call only methods that expect that and do not lock")
public final class MutexRelock implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var cache = new Cache(new Mutex(), new HashMap<>());
        threads.start("handler", () -> {
            cache.mutex.lock();
            try {
                if (!cache.prices.containsKey("book")) {
                    cache.put("book", 12);
                }
            } finally {
                cache.mutex.unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var cache = new Cache(new Mutex(), new HashMap<>());
        threads.start("handler", () -> {
            cache.mutex.lock();
            try {
                if (!cache.prices.containsKey("book")) {
                    cache.putLocked("book", 12);
                }
            } finally {
                cache.mutex.unlock();
            }
        });
    }

    /** Prices, guarded by a mutex. */
    private record Cache(Mutex mutex, Map<String, Integer> prices) {

        void put(String article, int price) throws InterruptedException {
            mutex.lock();
            try {
                putLocked(article, price);
            } finally {
                mutex.unlock();
            }
        }

        /** The caller holds the mutex. */
        void putLocked(String article, int price) {
            prices.put(article, price);
        }
    }
}

// java -jar benchmarks.jar run mutex-relock --idiom channel
