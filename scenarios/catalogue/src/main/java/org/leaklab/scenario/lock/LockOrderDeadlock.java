package org.leaklab.scenario.lock;

import java.util.concurrent.CountDownLatch;
import org.leaklab.core.Mutex;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Two threads take the same two mutexes in opposite order.
 *
 * <p>Each holds the mutex that the other waits for, and neither gives its own back before it has both. No other thread
 * can break this cycle. Both keep their stacks and their locks, so each later thread that needs one of the accounts
 * gets stuck too. The JVM finds such cycles among monitors and {@code java.util.concurrent} locks of platform threads
 * only; it knows nothing of a mutex of one's own.
 *
 * <p>In a real program the two must meet at the wrong moment. Here each thread waits, before it takes its second mutex,
 * until the other one holds its first mutex or finds it taken. So the leaky form always deadlocks, and the fixed form
 * never does.
 *
 * <p>In Go: {@code go func() { a.Lock(); b.Lock(); … }(); go func() { b.Lock(); a.Lock(); … }()}.
 */
@Leak(
        id = "lock-order-deadlock",
        family = Family.LOCK,
        stuck = 2,
        at = "Mutex.lock",
        cause = "each thread holds the mutex that the other one waits for",
        cure = "take locks in one order everywhere")
public final class LockOrderDeadlock implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var alice = new Mutex();
        var bob = new Mutex();
        var met = new CountDownLatch(2);
        threads.start("alice to bob", () -> transfer(alice, bob, met));
        threads.start("bob to alice", () -> transfer(bob, alice, met));
    }

    @Override
    public void fixed(Threads threads) {
        var alice = new Mutex();
        var bob = new Mutex();
        var met = new CountDownLatch(2);
        threads.start("alice to bob", () -> transfer(alice, bob, met));
        threads.start("bob to alice", () -> transfer(alice, bob, met));
    }

    private static void transfer(Mutex first, Mutex second, CountDownLatch met) throws InterruptedException {
        boolean held = first.tryLock();
        met.countDown();
        if (!held) {
            first.lock();
        }
        try {
            met.await();
            second.lock();
            second.unlock();
        } finally {
            first.unlock();
        }
    }
}

// java -jar benchmarks.jar run lock-order-deadlock --idiom channel
