package org.leaklab.heapdump.suite;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock and a condition that nobody signals. */
final class Meeting {

    final Lock lock;
    final Condition arrived;

    Meeting() {
        lock = new ReentrantLock();
        arrived = lock.newCondition();
    }

    void await() throws InterruptedException {
        lock.lock();
        try {
            arrived.await();
        } finally {
            lock.unlock();
        }
    }

    void awaitUninterruptibly() {
        lock.lock();
        try {
            arrived.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }
}
