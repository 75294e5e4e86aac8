package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * One thread takes a monitor and then a {@link ReentrantLock}, another one takes the lock and then the monitor.
 *
 * <p>Such a pair comes about when half of a class is moved from {@code synchronized} to {@link ReentrantLock}. Both
 * threads hold what the other one needs: the remover waits in {@code lock()}, the writer for the monitor. No interrupt
 * ends either wait. Both keep their stacks, so every later user of the cache gets stuck too.
 *
 * <p>In a real program the two must meet at the wrong moment. Here each thread waits, before it takes its second lock,
 * until the other one holds its first or finds it taken.
 *
 * <p>The JVM has two carriers, also on a machine with one processor: up to JDK 23 a virtual thread keeps its carrier
 * while it waits inside a monitor.
 *
 * <p>In {@code jstack}, which lists platform threads only, one thread is {@code WAITING (parking)} and the other
 * {@code BLOCKED (on object monitor)}. The dump ends with {@code Found one Java-level deadlock}, which names a monitor
 * for one and an {@code ownable synchronizer} for the other. {@code ThreadMXBean.findMonitorDeadlockedThreads} does not
 * find it, {@code findDeadlockedThreads} does.
 */
@Leak(
        id = "mixed-order-deadlock",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = {"ReentrantLock.lock", "MixedOrderDeadlock.put"},
        endedBy = EndedBy.JVM,
        ownJvm = "-Djdk.virtualThreadScheduler.parallelism=2",
        cause = "one thread holds the monitor and wants the lock, the other holds the lock and wants the monitor",
        cure = "take the lock and the monitor in one order everywhere, or guard the data with one of them only",
        seenIn = {"CorfuDB/CorfuDB#286", "crawler-commons/url-frontier#122"},
        unlike = "monitor-order-deadlock: there both are monitors, which findMonitorDeadlockedThreads finds too")
public final class MixedOrderDeadlock implements Scenario {

    @Override
    public void leaky(Threads threads) {
        Map<String, String> cache = new HashMap<>(); // guarded by its own monitor
        var disk = new ReentrantLock();
        var met = new CountDownLatch(2);
        threads.start("remover", () -> {
            synchronized (cache) {
                met.countDown();
                met.await();
                disk.lock();
                try {
                    cache.remove("page");
                } finally {
                    disk.unlock();
                }
            }
        });
        threads.start("writer", () -> write(disk, cache, met));
    }

    @Override
    public void fixed(Threads threads) {
        Map<String, String> cache = new HashMap<>(); // guarded by its own monitor
        var disk = new ReentrantLock();
        var met = new CountDownLatch(2);
        threads.start("remover", () -> {
            lock(disk, met);
            try {
                met.await();
                synchronized (cache) {
                    cache.remove("page");
                }
            } finally {
                disk.unlock();
            }
        });
        threads.start("writer", () -> write(disk, cache, met));
    }

    private static void write(ReentrantLock disk, Map<String, String> cache, CountDownLatch met)
            throws InterruptedException {
        lock(disk, met);
        try {
            met.await();
            put("page", cache);
        } finally {
            disk.unlock();
        }
    }

    private static void put(String page, Map<String, String> cache) {
        synchronized (cache) {
            cache.put(page, "text");
        }
    }

    /** Locks, and tells the other thread that this lock is held or was found taken. */
    private static void lock(ReentrantLock disk, CountDownLatch met) {
        boolean held = disk.tryLock();
        met.countDown();
        if (!held) {
            disk.lock();
        }
    }
}

// java -jar benchmarks.jar run mixed-order-deadlock --idiom jdk
