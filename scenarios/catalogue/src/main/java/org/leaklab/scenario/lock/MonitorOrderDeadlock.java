package org.leaklab.scenario.lock;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A session that closes calls the registry while it holds its own monitor, and the registry calls its sessions while it
 * holds the monitor of the registry.
 *
 * <p>No method takes two monitors in its own lines; each calls a method that takes the second one. When both calls
 * meet, each thread holds the monitor that the other one needs. Nothing ends a wait for a monitor, neither an interrupt
 * nor a time limit. Both threads keep their stacks and monitors; every later caller of the registry gets stuck too.
 *
 * <p>In a real program the two must meet at the wrong moment. Here each thread waits, before it calls the other object,
 * until the other thread holds its monitor.
 *
 * <p>The JVM has two carriers, also on a machine with one processor: up to JDK 23 a virtual thread keeps its carrier
 * while it waits inside a monitor.
 *
 * <p>In {@code jstack}, which lists platform threads only, both are {@code BLOCKED (on object monitor)}, each with
 * {@code - waiting to lock} and {@code - locked} lines, and the dump ends with {@code Found one Java-level deadlock}.
 */
@Leak(
        id = "monitor-order-deadlock",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = {"MonitorOrderDeadlock.remove", "MonitorOrderDeadlock.Session.isClosed"},
        endedBy = EndedBy.JVM,
        ownJvm = "-Djdk.virtualThreadScheduler.parallelism=2",
        cause = "each thread holds the monitor of one object and calls a method that needs the monitor of the other",
        cure = "leave your own monitor before you call an object that has one",
        seenIn = {"OpenHFT/Chronicle-Network#93", "00-Evan/shattered-pixel-dungeon#431"},
        unlike = "lock-order-deadlock: there one method takes two locks, in the order of its arguments")
public final class MonitorOrderDeadlock implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var session = new Session();
        Set<Session> registry = new HashSet<>(Set.of(session)); // guarded by its own monitor
        var met = new CountDownLatch(2);
        threads.start("client", () -> {
            synchronized (session) {
                session.closed = true;
                meet(met);
                remove(session, registry);
            }
        });
        threads.start("reaper", () -> removeClosed(registry, met));
    }

    @Override
    public void fixed(Threads threads) {
        var session = new Session();
        Set<Session> registry = new HashSet<>(Set.of(session)); // guarded by its own monitor
        var met = new CountDownLatch(2);
        threads.start("client", () -> {
            synchronized (session) {
                session.closed = true;
                meet(met);
            }
            remove(session, registry);
        });
        threads.start("reaper", () -> removeClosed(registry, met));
    }

    private static void remove(Session session, Set<Session> registry) {
        synchronized (registry) {
            registry.remove(session);
        }
    }

    private static void removeClosed(Set<Session> registry, CountDownLatch met) throws InterruptedException {
        synchronized (registry) {
            meet(met);
            registry.removeIf(Session::isClosed);
        }
    }

    private static void meet(CountDownLatch met) throws InterruptedException {
        met.countDown();
        met.await();
    }

    private static final class Session {
        boolean closed; // guarded by the monitor of this session

        synchronized boolean isClosed() {
            return closed;
        }
    }
}

// java -jar benchmarks.jar run monitor-order-deadlock --idiom jdk
