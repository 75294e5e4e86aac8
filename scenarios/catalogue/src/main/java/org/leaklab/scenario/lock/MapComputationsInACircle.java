package org.leaklab.scenario.lock;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Two functions that {@link ConcurrentHashMap#computeIfAbsent} runs call {@code computeIfAbsent} of the same map.
 *
 * <p>The map runs the function while it holds the monitor of a bin, and a bin is shared by many keys. Here the keys 17
 * and 1 are in one bin, 18 and 2 in another. So there is no circle in the prices, but one in the bins: each thread
 * holds the bin that the other one needs. No interrupt ends the wait. Both keep their stacks, and every later writer to
 * one of the bins gets stuck too. The javadoc forbids such a function; within one thread the map often notices and
 * throws {@code IllegalStateException: Recursive update}, between two threads it cannot.
 *
 * <p>In a real program the two must meet at the wrong moment, which the latch brings about here.
 *
 * <p>The JVM has two carriers, also on a machine with one processor: up to JDK 23 a virtual thread keeps its carrier
 * while it waits inside a monitor.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code BLOCKED (on object monitor)} in
 * {@code ConcurrentHashMap.computeIfAbsent}, each waiting for a {@code ConcurrentHashMap$ReservationNode}. The dump
 * ends with {@code Found one Java-level deadlock}.
 */
@Leak(
        id = "map-computations-in-a-circle",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = "ConcurrentHashMap.computeIfAbsent",
        endedBy = EndedBy.JVM,
        ownJvm = "-Djdk.virtualThreadScheduler.parallelism=2",
        cause = "each function runs inside one bin of the map and waits for the other's bin",
        cure = "let a function that a map runs use no other entry of that map: look those up before",
        seenIn = {"spring-projects/spring-framework#35944", "apache/maven#8334"})
public final class MapComputationsInACircle implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var prices = new ConcurrentHashMap<Integer, Integer>();
        var met = new CountDownLatch(2);
        threads.start("first set", () -> {
            prices.computeIfAbsent(17, set -> 5 + part(2, prices, met));
        });
        threads.start("second set", () -> {
            prices.computeIfAbsent(18, set -> 7 + part(1, prices, met));
        });
    }

    @Override
    public void fixed(Threads threads) {
        var prices = new ConcurrentHashMap<Integer, Integer>();
        var met = new CountDownLatch(2);
        threads.start("first set", () -> {
            int part = part(2, prices, met);
            prices.computeIfAbsent(17, set -> 5 + part);
        });
        threads.start("second set", () -> {
            int part = part(1, prices, met);
            prices.computeIfAbsent(18, set -> 7 + part);
        });
    }

    /** The price of an article that is part of a set. */
    private static int part(int article, ConcurrentHashMap<Integer, Integer> prices, CountDownLatch met) {
        met.countDown();
        try {
            met.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return prices.computeIfAbsent(article, single -> 12);
    }
}

// java -jar benchmarks.jar run map-computations-in-a-circle --idiom jdk
