package org.leaklab.scenario.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * A balancer is stopped: the stopping thread holds the balancer's lock, interrupts the working thread and waits for its
 * end. The working thread waits in {@code lock()} for that very lock.
 *
 * <p>{@code lock()} does not react to an interrupt: the thread notes it, and waits on. So the worker never comes to its
 * end, the stopping thread never comes to its {@code unlock()}, and both keep their stacks. Whoever else needs the lock
 * gets stuck too. {@code lockInterruptibly()} throws {@link InterruptedException}, the worker ends, and the other one
 * goes on. Here the worker is started under the lock, so it always comes too late for it.
 *
 * <p>{@code jstack} reports no deadlock: it knows who owns the lock, but not that {@code Thread.join} waits for the
 * other thread. One must read the two stacks: one thread is {@code WAITING (parking)} for a lock, the other one is
 * {@code WAITING (on object monitor)} in {@code Thread.join}.
 */
@Leak(
        id = "lock-ignores-interrupt",
        idiom = Idiom.JDK,
        family = Family.LOCK,
        stuck = 2,
        at = {"ReentrantLock.lock", "Thread.join"},
        cause =
                "lock() waits on after an interrupt, and the owner of the lock waits in join() for the end of that thread",
        cure = "wait with lockInterruptibly() where an interrupt must end the thread, or unlock before you join it",
        seenIn = {"apache/ozone#3535", "jruby/jruby#5490"},
        unlike = "latch-behind-its-own-lock: there the thread with the lock waits for work, and interrupts nobody")
public final class LockIgnoresInterrupt implements Scenario {

    @Override
    public void leaky(Threads threads) {
        var lock = new ReentrantLock();
        Map<String, Integer> moves = new HashMap<>(); // guarded by the lock
        threads.start("stop", () -> {
            lock.lock();
            try {
                Thread worker = threads.start("balancer", () -> {
                            lock.lock();
                            try {
                                moves.merge("node", 1, Integer::sum);
                            } finally {
                                lock.unlock();
                            }
                        })
                        .thread();
                worker.interrupt();
                worker.join();
            } finally {
                lock.unlock();
            }
        });
    }

    @Override
    public void fixed(Threads threads) {
        var lock = new ReentrantLock();
        Map<String, Integer> moves = new HashMap<>(); // guarded by the lock
        threads.start("stop", () -> {
            lock.lock();
            try {
                Thread worker = threads.start("balancer", () -> {
                            lock.lockInterruptibly();
                            try {
                                moves.merge("node", 1, Integer::sum);
                            } finally {
                                lock.unlock();
                            }
                        })
                        .thread();
                worker.interrupt();
                worker.join();
            } finally {
                lock.unlock();
            }
        });
    }
}

// java -jar benchmarks.jar run lock-ignores-interrupt --idiom jdk
