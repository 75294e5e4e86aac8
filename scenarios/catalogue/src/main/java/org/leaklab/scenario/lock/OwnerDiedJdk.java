package org.leaklab.scenario.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A thread ends without unlocking its {@link ReentrantLock}, because an exception skipped that line, and the thread
 * that should repair the damage waits for that lock.
 *
 * <p>An exception that leaves a {@code synchronized} block unlocks it; a {@link ReentrantLock} stays locked, and
 * belongs to a thread that is gone. Only the owner may unlock it: {@code unlock()} of any other thread throws. The
 * second clerk waits in {@code lock()}, which no interrupt ends, and keeps its stack and the entry. The failure itself
 * was caught and passed on, so the problem seems to be handled.
 *
 * <p>{@code jstack} does not name the owner. {@code ThreadInfo.getLockOwnerName()} does, for a platform thread that
 * waits, and so does the lock's text: {@code ReentrantLock@…[Locked by thread first clerk]}. A thread of that name is
 * not in the dump.
 */
@Leak(
        id = "owner-died",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "ReentrantLock.lock",
        endedBy = EndedBy.JVM,
        cause = "an exception skips the unlock(), and the thread that owns the lock has ended",
        cure = "unlock in a finally block of a try that begins right after the lock",
        seenIn = "redis/lettuce#3804")
public final class OwnerDiedJdk implements Scenario {

    @Override
    @SuppressWarnings("LockNotBeforeTry") // that is the mistake
    public void leaky(Threads threads) {
        var lock = new ReentrantLock();
        List<Integer> ledger = new ArrayList<>(); // guarded by the lock
        BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
        threads.start("first clerk", () -> {
            try {
                lock.lock();
                ledger.add(Integer.parseInt("12 euros"));
                lock.unlock();
            } catch (NumberFormatException e) {
                failures.add(e);
            }
        });
        threads.start("second clerk", () -> correct(failures, lock, ledger));
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new ReentrantLock();
        List<Integer> ledger = new ArrayList<>(); // guarded by the lock
        BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
        threads.start("first clerk", () -> {
            try {
                lock.lock();
                try {
                    ledger.add(Integer.parseInt("12 euros"));
                } finally {
                    lock.unlock();
                }
            } catch (NumberFormatException e) {
                failures.add(e);
            }
        });
        threads.start("second clerk", () -> correct(failures, lock, ledger));
    }

    private static void correct(BlockingQueue<Exception> failures, ReentrantLock lock, List<Integer> ledger)
            throws InterruptedException {
        failures.take();
        lock.lock();
        try {
            ledger.add(12);
        } finally {
            lock.unlock();
        }
    }
}

// java -jar benchmarks.jar run owner-died --idiom jdk
