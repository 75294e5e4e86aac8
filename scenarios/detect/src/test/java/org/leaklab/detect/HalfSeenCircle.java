package org.leaklab.detect;

import static org.leaklab.testing.Eventually.until;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A platform thread and a virtual one that no launcher started wait for each other; prints the health; see
 * {@link UnseenOwnersTest}.
 */
final class HalfSeenCircle {

    private HalfSeenCircle() {}

    private static void both(ReentrantLock own, ReentrantLock other, CyclicBarrier met) {
        own.lock();
        try {
            met.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
        other.lock();
    }

    public static void main(String[] arguments) {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        CyclicBarrier met = new CyclicBarrier(2);
        Thread platform = Thread.ofPlatform().name("platform").start(() -> both(first, second, met));
        Thread virtual = Thread.ofVirtual().name("virtual").start(() -> both(second, first, met));
        until(() -> first.hasQueuedThreads()
                && second.hasQueuedThreads()
                && platform.getState() == Thread.State.WAITING
                && virtual.getState() == Thread.State.WAITING);
        Health health = Health.of(ThreadSource.jvm());
        System.out.println("up " + health.up() + ", unseen " + health.unseen());
        System.exit(0);
    }
}
