package org.leaklab.scenario.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.Channel;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread dies of an exception while it holds a lock; the next one waits for that lock.
 *
 * <p>An exception that leaves a {@code synchronized} block unlocks it; a {@link ReentrantLock} stays locked, and
 * belongs to a thread that is gone. Only the owner may unlock it, so it is never unlocked. The waiting thread keeps its
 * stack and all that its stack holds. The failure itself is caught and reported, so the problem seems to be handled.
 *
 * <p>In Go: {@code mu.Lock(); n, err := strconv.Atoi(s); if err != nil { failures <- err; return }; … mu.Unlock()}, or
 * a panic that is recovered further up.
 */
@Leak(
        id = "owner-died",
        family = Family.LOCK,
        stuck = 1,
        at = "ReentrantLock.lockInterruptibly",
        cause = "the owner of the lock died of an exception before it came to unlock",
        cure = "unlock in a finally block that begins right after the lock")
public final class OwnerDied implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var lock = new ReentrantLock();
        List<Integer> ledger = new ArrayList<>(); // guarded by the lock
        Channel<Exception> failures = Channel.buffered(1);
        threads.start("first clerk", () -> {
            try {
                lock.lockInterruptibly();
                ledger.add(Integer.parseInt("12 euros"));
                lock.unlock();
            } catch (NumberFormatException e) {
                failures.send(e);
            }
        });
        threads.start("second clerk", () -> correct(failures, lock, ledger));
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new ReentrantLock();
        List<Integer> ledger = new ArrayList<>(); // guarded by the lock
        Channel<Exception> failures = Channel.buffered(1);
        threads.start("first clerk", () -> {
            try {
                lock.lockInterruptibly();
                try {
                    ledger.add(Integer.parseInt("12 euros"));
                } finally {
                    lock.unlock();
                }
            } catch (NumberFormatException e) {
                failures.send(e);
            }
        });
        threads.start("second clerk", () -> correct(failures, lock, ledger));
    }

    private static void correct(Channel<Exception> failures, ReentrantLock lock, List<Integer> ledger)
            throws InterruptedException {
        failures.receive();
        lock.lockInterruptibly();
        try {
            ledger.add(12);
        } finally {
            lock.unlock();
        }
    }
}

// java -jar benchmarks.jar run owner-died --idiom channel
