package org.leaklab.scenario.lock;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Two transfers take the {@link ReentrantLock}s of the same two accounts in opposite order.
 *
 * <p>Each transfer holds the lock that the other one waits for, and gives its own lock back only after it has both. No
 * other thread can break this circle, and no interrupt does: {@code lock()} waits on. Both threads keep their stacks
 * and their locks, so each later transfer from or to one of the accounts gets stuck too.
 *
 * <p>In a real program the two must meet at the wrong moment. Here each thread waits, before it takes its second lock,
 * until the other one holds its first lock or finds it taken.
 *
 * <p>With platform threads the output of {@code jstack} ends with {@code Found one Java-level deadlock}, and names for
 * each thread the {@code ownable synchronizer} that it waits for and the thread that holds it. It does not list virtual
 * threads, and finds no deadlock of theirs.
 */
@Leak(
        id = "lock-order-deadlock",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = "ReentrantLock.lock",
        endedBy = EndedBy.JVM,
        cause = "each thread holds the lock that the other one waits for",
        cure = "take locks in one order everywhere, for example in the order of the account numbers",
        seenIn = {"craftersoftware/craftercms#7319", "aws/aws-advanced-jdbc-wrapper#834"})
public final class LockOrderDeadlockJdk implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var alice = new Account();
        var bob = new Account();
        var met = new CountDownLatch(2);
        threads.start("alice to bob", () -> locked(alice, bob, met, () -> move(10, alice, bob)));
        threads.start("bob to alice", () -> locked(bob, alice, met, () -> move(20, bob, alice)));
    }

    @Override
    public void fixed(Threads threads) {
        var alice = new Account();
        var bob = new Account();
        var met = new CountDownLatch(2);
        threads.start("alice to bob", () -> locked(alice, bob, met, () -> move(10, alice, bob)));
        threads.start("bob to alice", () -> locked(alice, bob, met, () -> move(20, bob, alice)));
    }

    private static void locked(Account first, Account second, CountDownLatch met, Runnable transfer)
            throws InterruptedException {
        boolean held = first.lock.tryLock();
        met.countDown();
        if (!held) {
            first.lock.lock();
        }
        try {
            met.await();
            second.lock.lock();
            try {
                transfer.run();
            } finally {
                second.lock.unlock();
            }
        } finally {
            first.lock.unlock();
        }
    }

    private static void move(int euros, Account from, Account to) {
        if (from.euros < euros) {
            throw new IllegalStateException("not enough money");
        }
        from.euros -= euros;
        to.euros += euros;
    }

    private static final class Account {
        final ReentrantLock lock = new ReentrantLock();
        int euros = 100; // guarded by the lock
    }
}

// java -jar benchmarks.jar run lock-order-deadlock --idiom jdk
