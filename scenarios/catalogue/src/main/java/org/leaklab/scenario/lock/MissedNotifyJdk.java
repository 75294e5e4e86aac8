package org.leaklab.scenario.lock;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A reader calls {@link Condition#await()} without looking at the mailbox first, and the signal has come before.
 *
 * <p>{@code signalAll()} wakes the threads that wait at that moment, and is not kept for later ones: in this a
 * {@link Condition} is like {@code Object.notifyAll()}. The letter that the reader waits for is already in the mailbox,
 * so no thread will signal again. The reader keeps its stack, and the letter is never read. Here the letter always
 * comes before the reader; in a real program it does so only sometimes.
 *
 * <p>In {@code jstack}, which lists platform threads only, the thread is {@code WAITING (parking)} for an
 * {@code AbstractQueuedSynchronizer$ConditionObject}, exactly as a reader that will be woken. While it waits it does
 * not hold the lock.
 */
@Leak(
        id = "missed-notify",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 1,
        at = "AbstractQueuedSynchronizer.ConditionObject.await",
        cause = "the signal came before the wait, and the reader did not look at the condition first",
        cure = "wait only in a loop that looks at the condition first",
        seenIn = "jitsi/ice4j#15",
        unlike = "condition-never-signalled: there the waiter looks first, and the signal never comes")
public final class MissedNotifyJdk implements Scenario {

    @Override
    @SuppressWarnings("WaitNotInLoop") // that is the mistake
    public void leaky(Threads threads) {
        var mailbox = new Mailbox();
        mailbox.deliver("letter");
        threads.start("reader", () -> {
            mailbox.lock.lock();
            try {
                mailbox.delivered.await();
                mailbox.letters.remove();
            } finally {
                mailbox.lock.unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var mailbox = new Mailbox();
        mailbox.deliver("letter");
        threads.start("reader", () -> {
            mailbox.lock.lock();
            try {
                while (mailbox.letters.isEmpty()) {
                    mailbox.delivered.await();
                }
                mailbox.letters.remove();
            } finally {
                mailbox.lock.unlock();
            }
        });
    }

    private static final class Mailbox {
        final ReentrantLock lock = new ReentrantLock();
        final Condition delivered = lock.newCondition();
        final Queue<String> letters = new ArrayDeque<>(); // guarded by the lock

        void deliver(String letter) {
            lock.lock();
            try {
                letters.add(letter);
                delivered.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}

// java -jar benchmarks.jar run missed-notify --idiom jdk
