package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import org.leaklab.core.Mutex;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Ten threads contend for a mutex, and the one that gets it returns early without unlocking it.
 *
 * <p>Only the owner may unlock, and the owner has ended, so no thread ever gets the lock again. The other nine threads
 * wait in its queue and keep their stacks and all that these hold. So does each thread that comes later. The early
 * return is on a path that is seldom taken, which is why such code passes its tests.
 *
 * <p>In Go: {@code mu.Lock(); n, ok := stock[id]; if !ok { return }; stock[id] = n - 1; mu.Unlock()}.
 */
@Leak(
        id = "mutex-never-unlocked",
        family = Family.LOCK,
        stuck = 9,
        at = "Mutex.lock",
        cause = "an early return leaves the mutex locked, and its owner has ended",
        cure = "unlock in a finally block that begins right after the lock")
public final class MutexNeverUnlocked implements Scenario {

    private static final int CONTENDERS = 10;

    @Override
    public void leaky(Threads threads) {
        var mutex = new Mutex();
        Map<String, Integer> stock = new HashMap<>(); // guarded by the mutex
        for (int i = 0; i < CONTENDERS; i++) {
            threads.start("order", () -> {
                mutex.lock();
                Integer left = stock.get("book");
                if (left == null) {
                    return;
                }
                stock.put("book", left - 1);
                mutex.unlock();
            });
        }
    }

    @Override
    public void fixed(Threads threads) {
        var mutex = new Mutex();
        Map<String, Integer> stock = new HashMap<>(); // guarded by the mutex
        for (int i = 0; i < CONTENDERS; i++) {
            threads.start("order", () -> {
                mutex.lock();
                try {
                    Integer left = stock.get("book");
                    if (left == null) {
                        return;
                    }
                    stock.put("book", left - 1);
                } finally {
                    mutex.unlock();
                }
            });
        }
    }
}

// java -jar benchmarks.jar run mutex-never-unlocked --idiom channel
