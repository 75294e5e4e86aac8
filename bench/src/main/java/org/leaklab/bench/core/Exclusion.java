package org.leaklab.bench.core;

import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.core.Mutex;

/** Lets one thread in at a time: one adapter for each implementation. */
interface Exclusion {

    /** Waits until nobody is in, and goes in. */
    void enter() throws InterruptedException;

    /** Goes out. */
    void leave();

    static Exclusion of(String implementation) {
        return switch (implementation) {
            case "leaklab" -> new LeaklabExclusion(new Mutex());
            case "reentrant-lock" -> new LockExclusion(new ReentrantLock());
            case "reentrant-lock-fair" -> new LockExclusion(new ReentrantLock(true));
            default -> throw new IllegalArgumentException("no mutex of " + implementation);
        };
    }

    /** A mutex of leaklab. */
    record LeaklabExclusion(Mutex mutex) implements Exclusion {
        @Override
        public void enter() throws InterruptedException {
            mutex.lock();
        }

        @Override
        public void leave() {
            mutex.unlock();
        }
    }

    /** A lock of the JDK. */
    record LockExclusion(ReentrantLock lock) implements Exclusion {
        @Override
        public void enter() throws InterruptedException {
            lock.lockInterruptibly();
        }

        @Override
        public void leave() {
            lock.unlock();
        }
    }
}
